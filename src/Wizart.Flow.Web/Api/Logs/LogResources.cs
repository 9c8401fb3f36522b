using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>One line of an attempt's log.</summary>
/// <param name="Number">Its number in the attempt, from one.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Source">Who wrote it.</param>
/// <param name="Text">The line.</param>
public sealed record LogLineResource(int Number, DateTimeOffset Time, LogLevel Level, LogSource Source, string Text)
{
    /// <summary>The line as the API tells it.</summary>
    public static LogLineResource Of(NumberedLogLine line) => new(line.Number, line.Line.Time, line.Line.Level, line.Line.Source, line.Line.Text);
}

/// <summary>The last event of a log that is followed.</summary>
/// <param name="Attempt">The attempt that ended.</param>
/// <param name="Result">How; null when the run ended before the attempt began.</param>
public sealed record LogEndResource(int Attempt, Engine.Runs.AttemptResult? Result);
