namespace Wizart.Flow.Benchmarks.Nodes;

/// <summary>A run that ended well.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Took">From before it was asked for until its end was durable.</param>
/// <param name="At">When its end was durable, as a timestamp of the stopwatch.</param>
internal sealed record EndedRun(long Id, TimeSpan Took, long At);
