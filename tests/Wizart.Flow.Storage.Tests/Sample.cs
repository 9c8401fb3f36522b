using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests;

/// <summary>What tests store.</summary>
internal static class Sample
{
    /// <summary>A time with microseconds in it.</summary>
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456);

    public static DagModel Model(string dagId, int tasks = 3) => new()
    {
        Id = dagId,
        Description = "Ежедневный отчёт 📈",
        Tasks = [.. Enumerable.Range(0, tasks).Select(i => new TaskModel { Id = $"task_{i}", Index = i, Upstream = i > 0 ? [i - 1] : [] })],
    };

    public static DagVersion Version(DagModel model) => new()
    {
        DagId = model.Id,
        Model = model,
        ImageHash = "a1b2",
        ImageDirectory = "cache/a1b2",
        CodeHash = "c3d4",
        Source = $"var dag = Dag(\"{model.Id}\"); // не ASCII: ✓",
        File = $"{model.Id}.csx",
        CreatedAt = Noon,
    };

    public static StoredDag Dag(DagVersion version, bool active = true, bool paused = false) => new()
    {
        Id = version.DagId,
        File = version.File,
        Version = version,
        IsActive = active,
        IsPaused = paused,
        ActiveSince = Noon,
    };

    public static DagRun Run(StoredDag dag, int day = 0, RunKind kind = RunKind.Manual) => new()
    {
        DagId = dag.Id,
        VersionId = dag.Version.Id,
        Kind = kind,
        LogicalDate = Noon.AddDays(day),
        Interval = new DataInterval(Noon.AddDays(day), Noon.AddDays(day + 1)),
        RunAfter = Noon.AddDays(day + 1),
        CreatedBy = "schedule",
        QueuedAt = Noon.AddDays(day + 1),
    };

    public static TaskValue Json(string json) => new(JsonPayload.Parse(json), null);

    public static Artifact Artifact(string hash, string name = "report.csv") => new(name, hash, 1234, "text/csv");

    public static AttemptKey Key(DagRun run, int task = 0, int attempt = 1) => new(run.Id, task, -1, attempt);

    public static LogChunk Lines(AttemptKey key, int first, int count) => new(
        key, first, [.. Enumerable.Range(first, count).Select(i => new LogLine(Noon.AddSeconds(i), LogLevel.Information, LogSource.Output, $"line {i}"))]);
}
