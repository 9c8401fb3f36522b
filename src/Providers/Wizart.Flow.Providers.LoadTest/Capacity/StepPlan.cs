using Wizart.Flow.Providers.LoadTest.Arrivals;

namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>A step to be driven.</summary>
/// <param name="Number">From one; zero for the warm-up.</param>
/// <param name="Kind">Why it is held.</param>
/// <param name="Rate">Calls per second.</param>
/// <param name="Settle">The beginning that is not judged.</param>
/// <param name="Window">The judged time after it.</param>
internal sealed record StepPlan(int Number, LoadStepKind Kind, double Rate, TimeSpan Settle, TimeSpan Window)
{
    public TimeSpan Length => Settle + Window;

    public ArrivalSchedule Schedule() => ArrivalSchedule.Constant(Rate, Length);
}
