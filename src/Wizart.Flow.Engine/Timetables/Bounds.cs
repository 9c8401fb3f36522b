namespace Wizart.Flow.Engine.Timetables;

/// <summary>Between which times a DAG's intervals may begin.</summary>
/// <param name="StartingOn">No interval begins before; null when only <paramref name="ActiveSince"/> limits.</param>
/// <param name="EndingOn">No interval begins at or after; null for no end.</param>
/// <param name="ActiveSince">Without a start, no interval ends at or before.</param>
internal sealed record Bounds(DateTimeOffset? StartingOn, DateTimeOffset? EndingOn, DateTimeOffset ActiveSince);
