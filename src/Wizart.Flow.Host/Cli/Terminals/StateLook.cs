using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>How states look: a sign, a word and a colour.</summary>
internal static class StateLook
{
    /// <summary>A task's state in a word.</summary>
    public static string Word(TaskState state) => SnakeCaseEnums.Word(state);

    /// <summary>A run's state in a word.</summary>
    public static string Word(RunState state) => SnakeCaseEnums.Word(state);

    /// <summary>A task's state as one sign.</summary>
    public static string Sign(TaskState state) => state switch
    {
        TaskState.Success => "✓",
        TaskState.Failed => "✗",
        TaskState.Running => "●",
        TaskState.UpForRetry => "↻",
        TaskState.UpstreamFailed => "⊘",
        TaskState.Skipped or TaskState.Removed => "–",
        TaskState.Cancelled => "■",
        TaskState.Deferred => "◌",
        _ => "○",
    };

    /// <summary>A task's colour as Spectre writes it.</summary>
    public static string Color(TaskState state) => state switch
    {
        TaskState.Success => "green",
        TaskState.Failed => "red",
        TaskState.Running => "blue",
        TaskState.UpForRetry => "yellow",
        TaskState.UpstreamFailed => "olive",
        _ => "grey",
    };

    /// <summary>A run's colour as Spectre writes it.</summary>
    public static string Color(RunState state) => state switch
    {
        RunState.Success => "green",
        RunState.Failed => "red",
        RunState.Running => "blue",
        _ => "grey",
    };

    /// <summary>A task's state for a table.</summary>
    public static string Markup(TaskState state) => $"[{Color(state)}]{Sign(state)} {Word(state)}[/]";

    /// <summary>A run's state for a table.</summary>
    public static string Markup(RunState state) => $"[{Color(state)}]{Word(state)}[/]";

    /// <summary>A task's state painted in a line.</summary>
    public static string Painted(this Paint paint, TaskState state) => state switch
    {
        TaskState.Success => paint.Green(Word(state)),
        TaskState.Failed => paint.Red(Word(state)),
        TaskState.Running => paint.Blue(Word(state)),
        TaskState.UpForRetry or TaskState.UpstreamFailed => paint.Yellow(Word(state)),
        _ => paint.Dim(Word(state)),
    };

    /// <summary>A run's state painted in a line.</summary>
    public static string Painted(this Paint paint, RunState state) => state switch
    {
        RunState.Success => paint.Green(Word(state)),
        RunState.Failed => paint.Red(Word(state)),
        RunState.Running => paint.Blue(Word(state)),
        _ => paint.Dim(Word(state)),
    };

    /// <summary>Any text, so that nothing in it is taken as markup.</summary>
    public static string Escaped(string? text) => Spectre.Console.Markup.Escape(text ?? "");
}
