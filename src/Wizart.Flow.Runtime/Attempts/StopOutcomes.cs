using System.Globalization;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>How an attempt ends that was asked to stop, by the kind of stop.</summary>
internal static class StopOutcomes
{
    /// <param name="order">The attempt.</param>
    /// <param name="control">The stop, which has been asked for.</param>
    /// <param name="detail">What became of the body, as a sentence; null when it ended as asked.</param>
    public static AttemptOutcome Of(AttemptOrder order, AttemptControl control, string? detail = null)
    {
        var more = detail is null ? "" : " " + detail;
        return control.Kind switch
        {
            StopKind.Cancel => new AttemptOutcome.Cancelled(Reason(control) + (detail is null ? "" : $". {detail}")),
            StopKind.Shutdown => Failed("Interrupted", $"The attempt was interrupted: {Reason(control)}.{more}"),
            _ => Failed("Timeout", TimeoutMessage(order, control) + more),
        };
    }

    private static string TimeoutMessage(AttemptOrder order, AttemptControl control) => order.Timeout is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"The attempt lasted longer than its limit of {limit:c} and was stopped. Raise Timeout(…), or let the body do less at once.")
        : $"The attempt lasted too long and was stopped: {Reason(control)}.";

    private static string Reason(AttemptControl control) =>
        string.IsNullOrWhiteSpace(control.Reason) ? "no reason was given" : control.Reason.TrimEnd('.');

    private static AttemptOutcome.Failed Failed(string type, string message) => new(new TaskError { Type = type, Message = message });
}
