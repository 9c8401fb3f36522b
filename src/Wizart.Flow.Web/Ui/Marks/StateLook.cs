using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Web.Ui.Marks;

/// <summary>How states look. Colour is never alone: each has a sign of its own too.</summary>
public static class StateLook
{
    /// <summary>The class that gives a state its colour and sign.</summary>
    public static string Class(TaskState state) => TaskClasses[(int)state];

    /// <summary>The same of a run.</summary>
    public static string Class(RunState state) => RunClasses[(int)state];

    /// <summary>A state as it reads in a sentence.</summary>
    public static string Words(TaskState state) => TaskWords[(int)state];

    /// <summary>The same of a run.</summary>
    public static string Words(RunState state) => RunWords[(int)state];

    /// <summary>A state's sign, as states.css has it: for drawings, where styles put in no text.</summary>
    public static string Sign(TaskState state) => state switch
    {
        TaskState.Success => "✓",
        TaskState.Failed => "✕",
        TaskState.Running => "▶",
        TaskState.Queued => "◔",
        TaskState.Scheduled => "○",
        TaskState.Deferred => "…",
        TaskState.UpForRetry => "↻",
        TaskState.UpstreamFailed => "↥",
        TaskState.Skipped => "↷",
        TaskState.Cancelled => "⊘",
        TaskState.Removed => "–",
        _ => "·",
    };

    /// <summary>A run's kind as it reads in a sentence.</summary>
    public static string Words(RunKind kind) => SnakeCaseEnums.Word(kind).Replace('_', ' ');

    private static readonly string[] TaskWords = [.. Enum.GetValues<TaskState>().Select(s => s == TaskState.None ? "waiting" : SnakeCaseEnums.Word(s).Replace('_', ' '))];

    private static readonly string[] RunWords = [.. Enum.GetValues<RunState>().Select(s => SnakeCaseEnums.Word(s).Replace('_', ' '))];

    private static readonly string[] TaskClasses = [.. Enum.GetValues<TaskState>().Select(s => "s-" + SnakeCaseEnums.Word(s).Replace('_', '-'))];

    private static readonly string[] RunClasses = [.. Enum.GetValues<RunState>().Select(s => "s-" + SnakeCaseEnums.Word(s).Replace('_', '-'))];
}
