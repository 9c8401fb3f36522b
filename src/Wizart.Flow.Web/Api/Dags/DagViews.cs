using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Web;

/// <summary>DAGs as the API shows them.</summary>
internal sealed class DagViews(RunViews runs, TimeProvider time)
{
    public async ValueTask<DagItem> ItemAsync(DagSummary summary)
    {
        var (dag, model) = (summary.Dag, summary.Dag.Version.Model);
        return new DagItem(
            dag.Id, model.Description, model.Tags, model.Owner, dag.File, dag.IsActive, dag.IsPaused, dag.PauseReason, dag.Version.Number,
            model.Schedule?.Text, Next(dag), summary.LastRun is { } last ? await runs.RunAsync(last) : null,
            summary.RunCounts.ToDictionary(c => SnakeCaseEnums.Word(c.Key), c => c.Value), [.. summary.Errors.Select(DiagnosticResource.Of)]);
    }

    public DagResource Dag(StoredDag dag, IReadOnlyList<ImportError> errors) => new(
        dag.Id, dag.File, dag.IsActive, dag.IsPaused, dag.PauseReason, dag.ActiveSince, dag.Version.Number, dag.Version.CreatedAt, Next(dag), dag.Version.Model,
        [.. errors.Where(e => e.File == dag.File).SelectMany(e => e.Diagnostics).Select(DiagnosticResource.Of)]);

    public static DueResource Due(DueSlot slot) => new(slot.LogicalDate, slot.Interval.Start, slot.Interval.End, slot.RunAfter);

    public static VersionResource Version(DagVersion version) => new(
        version.DagId, version.Number, version.File, version.CreatedAt, version.CodeHash, version.Model, version.Source);

    private DueResource? Next(StoredDag dag) => dag.IsActive && !dag.IsPaused
        ? UpcomingSlots.After(dag.Version.Model, dag.ActiveSince, time.GetUtcNow()).Select(Due).FirstOrDefault()
        : null;
}
