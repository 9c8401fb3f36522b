namespace Wizart.Flow.Engine.Storage;

/// <summary>What a person wrote about a run or a task instance.</summary>
/// <param name="RunId">The run.</param>
/// <param name="TaskId">The task; null for the run itself.</param>
/// <param name="MapIndex">The element of a mapped task; -1 otherwise.</param>
/// <param name="Text">The note; empty removes it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record RunNote(long RunId, string? TaskId, int MapIndex, string Text, string Author, DateTimeOffset At);
