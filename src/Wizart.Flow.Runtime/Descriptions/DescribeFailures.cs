using System.Globalization;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Runtime.Descriptions;

/// <summary>The diagnostics of scripts that could not be evaluated to their end.</summary>
internal static class DescribeFailures
{
    private const string Advice = "A script declares; work belongs into the bodies of tasks.";

    public static ScriptDescription Threw(string file, TaskError error) => Of(
        FlowCodes.ScriptThrew,
        $"The script threw {error.Type} while it was declared: {error.Message}",
        error.Location ?? new SourceLocation(file, 0));

    public static ScriptDescription TooSlow(string file, TimeSpan limit) => Of(
        FlowCodes.ScriptTooSlow,
        string.Create(CultureInfo.InvariantCulture, $"The script took longer than {limit.TotalSeconds:0.##} s to declare its DAGs and was stopped. Look for a loop that does not end, or for waiting. {Advice}"),
        new SourceLocation(file, 0));

    public static ScriptDescription TooLarge(string file, SourceLocation? location = null) => Of(
        FlowCodes.ScriptTooLarge,
        $"The script needed more memory than it may have while it was declared. Look for a loop that keeps adding, or for data that is loaded. {Advice}",
        location ?? new SourceLocation(file, 0));

    public static ScriptDescription Died(string file, string how) => Of(
        FlowCodes.ScriptDied,
        $"The script ended the process that evaluated it: {how} {Advice}",
        new SourceLocation(file, 0));

    public static ScriptDescription Of(string code, string message, SourceLocation location) =>
        new([], [new Diagnostic(code, message, location)]);
}
