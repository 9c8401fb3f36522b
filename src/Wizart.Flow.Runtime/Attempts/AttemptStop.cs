using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Errors;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>Passes a stop on to the control that a body sees.</summary>
internal static class AttemptStop
{
    /// <summary>Stops it. What a body's own callbacks throw is told in its log.</summary>
    public static void Pass(AttemptControl from, AttemptControl to, AttemptEvents events, TimeProvider time) =>
        Stop(to, from.Kind ?? StopKind.Cancel, from.Reason ?? "", events, time);

    /// <summary>Stops it. What a body's own callbacks throw is told in its log.</summary>
    public static void Stop(AttemptControl control, StopKind kind, string reason, AttemptEvents events, TimeProvider time)
    {
        try
        {
            control.Stop(kind, reason);
        }
        catch (Exception e)
        {
            var exception = Unwrapped.Of(e);
            var text = $"A callback on the cancellation threw {ReadableNames.OfType(exception.GetType())}: {ErrorReport.MessageOf(exception)}";
            events.Tell(new AttemptEvent.Log(time.GetUtcNow(), LogLevel.Warning, LogSource.System, text));
        }
    }
}
