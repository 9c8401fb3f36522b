using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Testing;

/// <summary>Runs attempts in this process and lets somebody listen.</summary>
internal sealed class LocalExecutor(InProcessRunner runner, Action<AttemptOrder, AttemptEvent>? listener) : IAttemptExecutor
{
    public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control)
    {
        if (listener is null) return runner.RunAsync(order, tell, control);
        return runner.RunAsync(
            order,
            happened =>
            {
                tell(happened);
                listener(order, happened);
            },
            control);
    }
}
