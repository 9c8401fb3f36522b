using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task What_an_instance_remembers_comes_back()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var cleared = new TaskInstance { TaskIndex = 0, State = TaskState.Running, Attempt = 4, AttemptsBefore = 3, Asked = TaskState.None };
        var marked = new TaskInstance { TaskIndex = 1, State = TaskState.Running, Attempt = 1, Asked = TaskState.Skipped, ListCount = 7 };
        var branch = new TaskInstance { TaskIndex = 2, State = TaskState.Success, Chosen = ["task_1", "имя"] };
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [cleared, marked, branch])));

        var stored = (await Store.LoadRunAsync(run.Id, Cancellation))!.Instances.OrderBy(i => i.TaskIndex).ToArray();
        Assert.Equal([(3, TaskState.None, (int?)null), (0, TaskState.Skipped, 7), (0, null, null)], stored.Select(i => (i.AttemptsBefore, i.Asked, i.ListCount)));
        Assert.Equal(["task_1", "имя"], stored[2].Chosen);
        Assert.Null(stored[0].Chosen);
    }

    [Fact]
    public async Task A_restarted_run_is_queued_anew_and_its_removed_outputs_are_gone()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, outputs:
        [
            new TaskOutput(0, -1, Sample.Json("1")), new TaskOutput(1, 0, Sample.Json("2")),
            new TaskOutput(1, 1, new TaskValue(null, Sample.Artifact("big"))), new TaskOutput(2, -1, Sample.Json("3")),
        ])));
        var ended = run with { Revision = 1, State = RunState.Failed, EndedAt = Sample.Noon.AddHours(1) };
        await WriteAsync(w => w.Runs.Add(Changes(ended, dag)));

        var restarted = ended with { State = RunState.Queued, EndedAt = null, StartedAt = null, QueuedAt = Sample.Noon.AddHours(2), Restarts = 1, Revision = 2 };
        var rework = new RunRework { Restarted = true, RemovedOutputs = [new InstanceKey(0), new InstanceKey(1, 1)] };
        await WriteAsync(w => w.Runs.Add(Changes(restarted, dag) with { Rework = rework }));

        var stored = (await Store.LoadRunAsync(run.Id, Cancellation))!.Run;
        Assert.Equal((RunState.Queued, 1, Sample.Noon.AddHours(2), 3L), (stored.State, stored.Restarts, stored.QueuedAt, stored.Revision));
        Assert.Equal([2], (await Store.LoadOutputsAsync(run.Id, [0, 2], Cancellation)).Keys);
        Assert.Equal([0], (await Store.LoadMappedOutputsAsync(run.Id, 1, null, Cancellation)).Select(o => o.MapIndex));
        Assert.Equal(["big"], await Retention.RemoveArtifactsAsync(DateTimeOffset.MinValue, 10, Cancellation));
    }

    [Fact]
    public async Task A_rework_over_another_revision_changes_nothing()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, outputs: [new TaskOutput(0, -1, Sample.Json("1"))])));

        var late = Changes(run with { QueuedAt = Sample.Noon.AddDays(9), Restarts = 1 }, dag) with
        {
            Rework = new RunRework { Restarted = true, RemovedOutputs = [new InstanceKey(0)] },
        };
        Assert.Equal([run.Id], await WriteAsync(w => w.Runs.Add(late)));
        Assert.Single(await Store.LoadOutputsAsync(run.Id, [0], Cancellation));
        Assert.Equal((0, run.QueuedAt), ((await Queries.RunAsync(run.Id, Cancellation))!.Restarts, (await Queries.RunAsync(run.Id, Cancellation))!.QueuedAt));
    }

    [Fact]
    public async Task A_restarted_run_of_a_backfill_that_is_over_starts_like_any_other()
    {
        var dag = await PublishAsync("etl");
        var run = await InsertAsync(Sample.Run(dag, 0, RunKind.Backfill) with { BackfillId = 12, State = RunState.Failed, EndedAt = Sample.Noon });
        var restarted = run with { State = RunState.Queued, EndedAt = null, Restarts = 1 };
        await WriteAsync(w => w.Runs.Add(Changes(restarted, dag) with { Rework = new RunRework { Restarted = true } }));

        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 0, Sample.Noon.AddDays(9))));
        Assert.Equal(run.Id, Assert.Single(await DoAsync(t => t.StartRunsAsync("etl", 1, Sample.Noon.AddDays(9)))).Id);
        await InsertAsync(Sample.Run(dag, 1));
        Assert.Empty(await DoAsync(t => t.StartRunsAsync("etl", 1, Sample.Noon.AddDays(9))));
    }

    [Fact]
    public async Task A_run_moves_to_another_version_with_all_that_is_kept_of_its_tasks()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        TaskInstance[] instances = [.. Enumerable.Range(0, 3).Select(i => new TaskInstance { TaskIndex = i, State = TaskState.Success, Attempt = 1 })];
        TaskAttempt[] attempts = [.. instances.Select(i => new TaskAttempt
        {
            RunId = run.Id, TaskIndex = i.TaskIndex, MapIndex = -1, Number = 1, Result = AttemptResult.Success, EndedAt = Sample.Noon,
        })];
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(run, dag, instances, attempts, [new TaskOutput(0, -1, Sample.Json("0")), new TaskOutput(1, -1, Sample.Json("1"))]));
            w.Logs.Add(Sample.Lines(Sample.Key(run, 1), 1, 2));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run, 1), 0.5, "half"));
            w.Artifacts.Add(new KeptArtifact(Sample.Key(run, 2), Sample.Noon, Sample.Artifact("h")));
        });
        var newer = await DoAsync(t => t.InsertVersionAsync(Sample.Version(dag.Version.Model with { Tasks = [.. dag.Version.Model.Tasks.Take(2)] })));

        // The first two change places, the third is gone.
        var move = new RunMove(run.Id, 1, newer.Id, new Dictionary<int, int> { [0] = 1, [1] = 0, [2] = 2 }, 2);
        Assert.False(await DoAsync(t => t.MoveRunAsync(move with { ExpectedRevision = 0 })));
        Assert.True(await DoAsync(t => t.MoveRunAsync(move)));

        var stored = (await Store.LoadRunAsync(run.Id, Cancellation))!;
        Assert.Equal((newer.Id, 2L), (stored.Run.VersionId, stored.Run.Revision));
        var views = (await Queries.TasksAsync(run.Id, Cancellation)).OrderBy(v => v.Instance.TaskIndex).ToArray();
        Assert.Equal(["task_1", "task_0", "task_2"], views.Select(v => v.TaskId));
        Assert.Equal([TaskState.Success, TaskState.Success, TaskState.Removed], views.Select(v => v.Instance.State));
        Assert.Equal(0.5, views[0].Progress);
        var outputs = await Store.LoadOutputsAsync(run.Id, [0, 1], Cancellation);
        Assert.Equal(("1", "0"), (outputs[0].Json.ToString(), outputs[1].Json.ToString()));
        Assert.Equal(2, (await Queries.LogAsync(Sample.Key(run, 0), 1, 10, Cancellation)).Count);
        Assert.Equal(2, Assert.Single(await Queries.ArtifactsAsync(run.Id, Cancellation)).Key.TaskIndex);
        Assert.Equal(dag.Version.Id, Assert.Single(await Queries.AttemptsAsync(run.Id, 2, -1, Cancellation)).VersionId);
    }

    [Fact]
    public async Task Notes_are_kept_one_for_each_place_and_removed_with_their_run()
    {
        var dag = await PublishAsync("etl");
        var run = await EndedAsync(dag, Sample.Noon);
        RunNote Note(string? task, int map, string text) => new(run.Id, task, map, text, "anna", Sample.Noon);
        await DoAsync(t => t.SaveNoteAsync(Note(null, -1, "first")));
        await DoAsync(t => t.SaveNoteAsync(Note(null, -1, "second")));
        await DoAsync(t => t.SaveNoteAsync(Note("task_1", 3, "an element")));
        await DoAsync(t => t.SaveNoteAsync(Note("task_2", -1, "gone")));
        await DoAsync(t => t.SaveNoteAsync(Note("task_2", -1, "")));

        Assert.Equal([Note(null, -1, "second"), Note("task_1", 3, "an element")], await Queries.NotesAsync(run.Id, Cancellation));
        Assert.Equal(1, await Retention.RemoveRunsAsync(Sample.Noon.AddDays(1), 10, Cancellation));
        Assert.Empty(await Queries.NotesAsync(run.Id, Cancellation));
    }
}
