using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Grid;

namespace Wizart.Flow.Web.Ui.Runs;

/// <summary>What stands above all views of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Version">The version it is on.</param>
/// <param name="IsNewest">Whether that is the version in force.</param>
/// <param name="Why">Why it has not begun; null when it has.</param>
/// <param name="Older">The run of its DAG before it.</param>
/// <param name="Newer">The run of its DAG after it.</param>
/// <param name="Note">The note on it.</param>
public sealed record RunHead(DagRun Run, DagVersion Version, bool IsNewest, string? Why, long? Older, long? Newer, RunNote? Note)
{
    /// <summary>The DAG as this run sees it.</summary>
    public DagModel Model => Version.Model;
}

/// <summary>The tasks of a run: where each stands, when it worked, and why it waits.</summary>
/// <param name="Head">The run.</param>
/// <param name="Rows">Tasks and groups as a tree.</param>
/// <param name="From">Where the picture of times begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Totals">How many tasks are in each state.</param>
public sealed record RunTasksModel(
    RunHead Head, IReadOnlyList<RunTaskRow> Rows, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<(TaskState State, int Count)> Totals);

/// <summary>A row of a run's tasks.</summary>
/// <param name="Row">The task or group.</param>
/// <param name="State">Where it stands.</param>
/// <param name="View">The instance; null for groups, and when nothing happened to it yet.</param>
/// <param name="MaxAttempts">How many attempts it has at most.</param>
/// <param name="Elements">How many elements are in each state.</param>
/// <param name="Bars">Its attempts in time.</param>
/// <param name="Why">What it waits for, or why it is as it is.</param>
public sealed record RunTaskRow(
    GridRow Row, TaskState State, TaskInstanceView? View, int MaxAttempts, IReadOnlyList<ElementCount> Elements, IReadOnlyList<AttemptBar> Bars, string? Why);

/// <summary>An attempt in time.</summary>
/// <param name="Number">Which attempt.</param>
/// <param name="Queued">When it began to wait for a process.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; null while it goes on.</param>
/// <param name="State">What became of it.</param>
/// <param name="Element">The element of a mapped task; -1 for a plain one.</param>
public sealed record AttemptBar(int Number, DateTimeOffset? Queued, DateTimeOffset? Started, DateTimeOffset? Ended, TaskState State, int Element);

/// <summary>What a run kept and told: artifacts, metrics, deliveries, notes, assets.</summary>
public sealed record RunKeptModel(
    RunHead Head, IReadOnlyList<KeptArtifact> Artifacts, IReadOnlyList<NamedPoint> Measures, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<RunNote> Notes,
    IReadOnlyList<Engine.Assets.AssetEvent> Assets);
