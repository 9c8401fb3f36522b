using Wizart.Flow.Providers.LoadTest.Calls;
using Wizart.Flow.Providers.LoadTest.Generation;

namespace Wizart.Flow.Providers.LoadTest;

/// <summary>What is called, in which mix. Every word gives a new value.</summary>
public sealed class LoadScenario
{
    private readonly IReadOnlyList<WeightedCall> _calls;
    private TimeSpan _timeout = TimeSpan.FromSeconds(10);
    private int _mostInFlight = 10_000;

    internal LoadScenario(IReadOnlyList<WeightedCall> calls) => _calls = calls;

    /// <summary>Mixes in another scenario.</summary>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="call">One call of it.</param>
    /// <param name="weight">How often it is called, in proportion to the others.</param>
    public LoadScenario And(string name, Func<Task> call, int weight = 1) => With([.. _calls, new(name, call, weight)]);

    /// <summary>How long a call may take before it is given up and counts as timed out; 10 s by default.</summary>
    public LoadScenario Timeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromMilliseconds(1));
        var copy = With(_calls);
        copy._timeout = timeout;
        return copy;
    }

    /// <summary>
    /// How many calls may be under way at once; 10,000 by default. Further ones are dropped and counted, and a step in which
    /// that happens never passes.
    /// </summary>
    public LoadScenario MaxInFlight(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        var copy = With(_calls);
        copy._mostInFlight = calls;
        return copy;
    }

    /// <summary>Finds the highest rate that the service holds.</summary>
    /// <param name="from">Calls per second of the first step.</param>
    /// <param name="upTo">Never more calls per second than this.</param>
    /// <param name="hold">How long each step is held; longer where too few calls would be judged.</param>
    public CapacityTest FindCapacity(double from, double upTo, TimeSpan hold) => new(ToTarget(), from, upTo, hold);

    /// <summary>Sends at a rate.</summary>
    /// <param name="rate">Calls per <paramref name="interval"/>.</param>
    /// <param name="interval">The time over which they are spread evenly.</param>
    /// <param name="during">For how long.</param>
    public LoadProfile Inject(double rate, TimeSpan interval, TimeSpan during) => Profile().Inject(rate, interval, during);

    /// <summary>Sends at a rate that grows or falls evenly from the one before (zero at first) to this.</summary>
    public LoadProfile RampingInject(double rate, TimeSpan interval, TimeSpan during) => Profile().RampingInject(rate, interval, during);

    /// <summary>Sends at a rate that changes at random each interval, between two bounds.</summary>
    public LoadProfile InjectRandom(double minRate, double maxRate, TimeSpan interval, TimeSpan during) =>
        Profile().InjectRandom(minRate, maxRate, interval, during);

    /// <summary>Keeps as many callers busy, each of which calls again when it is answered: a closed model.</summary>
    public LoadProfile KeepConstant(int copies, TimeSpan during) => Profile().KeepConstant(copies, during);

    /// <summary>Brings the number of busy callers evenly from the one before (zero at first) to this.</summary>
    public LoadProfile RampingConstant(int copies, TimeSpan during) => Profile().RampingConstant(copies, during);

    /// <summary>Sends nothing for a while.</summary>
    public LoadProfile Pause(TimeSpan during) => Profile().Pause(during);

    private LoadProfile Profile() => new(ToTarget(), []);

    private LoadTarget ToTarget() => new(new ScenarioMix(_calls), _timeout, _mostInFlight);

    private LoadScenario With(IReadOnlyList<WeightedCall> calls) => new(calls) { _timeout = _timeout, _mostInFlight = _mostInFlight };
}
