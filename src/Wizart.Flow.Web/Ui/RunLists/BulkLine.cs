using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Web.Ui.RunLists;

/// <summary>What becomes of one of several runs.</summary>
/// <param name="Run">The run.</param>
/// <param name="Touched">How many task instances are touched.</param>
/// <param name="Refusal">Why it is left alone; null when it is not.</param>
public sealed record BulkLine(DagRun Run, long Touched, string? Refusal)
{
    /// <summary>What can be done with several runs at once.</summary>
    public static IReadOnlyList<string> Actions { get; } = ["cancel", "clear", "clear-failed", "success", "failed"];

    /// <summary>The action as a button says it.</summary>
    public static string Words(string action) => action switch
    {
        "cancel" => "Cancel",
        "clear" => "Clear",
        "clear-failed" => "Clear what failed",
        "success" => "Mark as success",
        _ => "Mark as failed",
    };

    /// <summary>The action as a message says it afterwards.</summary>
    public static string Past(string action) => action switch
    {
        "cancel" => "Cancelled",
        "clear" or "clear-failed" => "Cleared",
        _ => "Marked",
    };
}
