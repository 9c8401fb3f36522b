namespace Wizart.Flow.Engine.Storage;

/// <summary>
/// Moves a run to another version of its DAG: everything that is kept by a task's place in the list of tasks is kept by its
/// place in the new one's. Tasks that are gone get places behind all others, their instances become removed.
/// </summary>
/// <param name="RunId">The run.</param>
/// <param name="ExpectedRevision">Its stored revision; raised by one.</param>
/// <param name="VersionId">The version it moves to.</param>
/// <param name="Indexes">The new place of each old one.</param>
/// <param name="Tasks">How many tasks the new version has.</param>
public sealed record RunMove(long RunId, long ExpectedRevision, long VersionId, IReadOnlyDictionary<int, int> Indexes, int Tasks)
{
    /// <summary>Why an instance is removed.</summary>
    public const string Gone = "its task is no longer there in the version that the run goes on with";
}
