using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly TaskInstance Retrying = new()
    {
        TaskIndex = 1,
        State = InstanceState.UpForRetry,
        Attempt = 2,
        QueuedAt = Sample.Noon,
        StartedAt = Sample.Noon.AddMicroseconds(1),
        EndedAt = Sample.Noon.AddMicroseconds(2),
        RetryAt = Sample.Noon.AddMicroseconds(3),
        Reason = "«нет связи» 🔌",
        Node = "node-1",
        Kept = new Dictionary<string, JsonPayload> { ["offset"] = JsonPayload.Parse("[1, 2]") },
        Elements = 40,
        Label = "дуб «oak»",
    };

    [Fact]
    public async Task Instances_come_back_as_they_were_stored_and_again_as_they_were_changed()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(run, dag, [Retrying, new TaskInstance { TaskIndex = 0, State = InstanceState.Queued }]))));

        var loaded = (await Store.LoadRunAsync(run.Id, Cancellation))!;
        Assert.Equal(1, loaded.Run.Revision);
        Assert.Equal(2, loaded.Instances.Count);
        var instance = loaded.Instances.Single(i => i.TaskIndex == 1);
        Assert.Equal(Retrying.Kept, instance.Kept);
        instance.Kept = Retrying.Kept;
        Assert.Equivalent(Retrying, instance, strict: true);

        var again = new TaskInstance { TaskIndex = 1, State = InstanceState.Success, Attempt = 3 };
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(loaded.Run, dag, [again]))));
        loaded = (await Store.LoadRunAsync(run.Id, Cancellation))!;
        Assert.Equivalent(again, loaded.Instances.Single(i => i.TaskIndex == 1), strict: true);
        Assert.Equal(InstanceState.Queued, loaded.Instances.Single(i => i.TaskIndex == 0).State);
    }

    [Fact]
    public async Task Outputs_of_elements_come_in_their_order_or_one_alone()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        TaskOutput[] outputs =
        [
            .. new[] { 11, 2, 0 }.Select(i => new TaskOutput(1, i, new TaskValue(JsonPayload.Parse($"{i}"), null))),
            new TaskOutput(1, -1, new TaskValue(JsonPayload.Parse("99"), null)),
            new TaskOutput(0, 2, new TaskValue(JsonPayload.Parse("98"), null)),
        ];
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [new TaskInstance { TaskIndex = 1 }], outputs: outputs)));

        var all = await Store.LoadMappedOutputsAsync(run.Id, 1, null, Cancellation);
        Assert.Equal([(0, "0"), (2, "2"), (11, "11")], all.Select(o => (o.MapIndex, o.Value.Json.ToString()!)));
        Assert.Equal("11", Assert.Single(await Store.LoadMappedOutputsAsync(run.Id, 1, 11, Cancellation)).Value.Json.ToString());
        Assert.Empty(await Store.LoadMappedOutputsAsync(run.Id, 1, 5, Cancellation));
        Assert.Empty(await Store.LoadMappedOutputsAsync(run.Id + 1, 1, null, Cancellation));
    }

    [Fact]
    public async Task An_instance_that_changes_after_it_was_stored_does_not_change_what_is_stored()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var instance = new TaskInstance { TaskIndex = 0, State = InstanceState.Queued };
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [instance])));

        instance.State = InstanceState.Running;
        (await Store.LoadRunAsync(run.Id, Cancellation))!.Instances[0].State = InstanceState.Failed;

        Assert.Equal(InstanceState.Queued, (await Store.LoadRunAsync(run.Id, Cancellation))!.Instances[0].State);
    }

    [Fact]
    public async Task Every_state_and_result_can_be_stored()
    {
        var states = Enum.GetValues<InstanceState>();
        var results = Enum.GetValues<AttemptResult>();
        var dag = await PublishAsync("etl", states.Length);
        var run = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(
            run,
            dag,
            [.. states.Select((state, i) => new TaskInstance { TaskIndex = i, State = state })],
            [.. results.Select((result, i) => Attempt(run, i + 1) with { Result = result })])));

        var loaded = await Store.LoadRunAsync(run.Id, Cancellation);
        Assert.Equal(states, loaded!.Instances.OrderBy(i => i.TaskIndex).Select(i => i.State));
        Assert.Equal(results, (await Queries.AttemptsAsync(run.Id, 0, -1, Cancellation)).Select(a => a.Result));
    }

    [Fact]
    public async Task A_run_is_changed_only_over_the_revision_it_was_planned_from()
    {
        var dag = await PublishAsync("etl");
        var stale = await RunningAsync(dag);
        var fresh = await RunningAsync(dag);
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(stale, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Queued }]))));

        var refused = await WriteAsync(w =>
        {
            w.Runs.Add(Changes(
                stale with { State = RunState.Failed },
                dag,
                [new TaskInstance { TaskIndex = 0, State = InstanceState.Failed }, new TaskInstance { TaskIndex = 1, State = InstanceState.Queued }],
                [Attempt(stale, 1)],
                [new TaskOutput(0, -1, Sample.Json("1"))]));
            w.Runs.Add(Changes(fresh with { State = RunState.Success, EndedAt = Sample.Noon }, dag, [new TaskInstance { TaskIndex = 2, State = InstanceState.Success }]));
            w.Runs.Add(Changes(fresh with { Id = 4711 }, dag, [new TaskInstance { TaskIndex = 2, State = InstanceState.Success }]));
        });

        Assert.Equal([stale.Id, 4711], refused.Order());
        var loaded = (await Store.LoadRunAsync(stale.Id, Cancellation))!;
        Assert.Equal((RunState.Running, 1), (loaded.Run.State, loaded.Run.Revision));
        Assert.Equal(InstanceState.Queued, Assert.Single(loaded.Instances).State);
        Assert.Empty(await Queries.AttemptsAsync(stale.Id, 0, -1, Cancellation));
        Assert.Null(await Queries.OutputAsync(stale.Id, 0, -1, Cancellation));
        loaded = (await Store.LoadRunAsync(fresh.Id, Cancellation))!;
        Assert.Equal((RunState.Success, Sample.Noon), (loaded.Run.State, loaded.Run.EndedAt));
        Assert.Single(loaded.Instances);
    }

    [Fact]
    public async Task Of_one_write_and_commit_nothing_is_lost()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var writes = new StoreWrites();
        writes.Runs.Add(Changes(run, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Running }]));
        writes.Logs.Add(Sample.Lines(Sample.Key(run), 1, 2));

        await using (var transaction = await Store.BeginAsync(Cancellation))
            Assert.Empty(await transaction.WriteAndCommitAsync(writes));
        await using (var transaction = await Store.BeginAsync(Cancellation))
        {
            await transaction.SaveVariableAsync("x", "1");
            Assert.Equal([run.Id], await transaction.WriteAndCommitAsync(writes));
        }

        Assert.Single((await Store.LoadRunAsync(run.Id, Cancellation))!.Instances);
        Assert.Equal(2, (await Queries.LogAsync(Sample.Key(run), 1, 10, Cancellation)).Count);
        Assert.Single(await Store.LoadVariablesAsync(["x"], Cancellation));
    }

    [Fact]
    public async Task Outputs_are_found_by_task_and_replaced()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var large = new TaskValue(null, Sample.Artifact("ff00", "output.json"));
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, outputs: [new TaskOutput(0, -1, Sample.Json("{\"ж\":1}")), new TaskOutput(1, -1, large)])));
        await WriteAsync(w => w.Runs.Add(Changes(run with { Revision = 1 }, dag, outputs: [new TaskOutput(0, -1, Sample.Json("[2]")), new TaskOutput(2, 5, Sample.Json("3"))])));

        var outputs = await Store.LoadOutputsAsync(run.Id, [0, 1, 2, 0], Cancellation);

        Assert.Equal([0, 1], outputs.Keys.Order());
        Assert.Equal(Sample.Json("[2]"), outputs[0]);
        Assert.Equal(large, outputs[1]);
        Assert.Equal(Sample.Json("3"), await Queries.OutputAsync(run.Id, 2, 5, Cancellation));
        Assert.Null(await Queries.OutputAsync(run.Id, 2, -1, Cancellation));
        Assert.Empty(await Store.LoadOutputsAsync(run.Id, [], Cancellation));
    }

    [Fact]
    public async Task A_megabyte_comes_back_whole()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var value = Sample.Json("\"" + string.Concat(Enumerable.Repeat("данные", 100_000)) + "\"");
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, outputs: [new TaskOutput(0, -1, value)])));
        Assert.Equal(value, await Queries.OutputAsync(run.Id, 0, -1, Cancellation));
    }

    [Fact]
    public async Task Ten_thousand_instances_fit_one_write()
    {
        var dag = await PublishAsync("wide", 10_000);
        var run = await RunningAsync(dag);
        var instances = Enumerable.Range(0, 10_000).Select(i => new TaskInstance { TaskIndex = i, State = InstanceState.Success, Attempt = 1 }).ToArray();
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(run, dag, instances))));
        Assert.Equal(10_000, (await Store.LoadRunAsync(run.Id, Cancellation))!.Instances.Count);
    }

    [Fact]
    public async Task Attempts_come_back_oldest_first_and_the_newest_error_is_shown()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var error = new TaskError
        {
            Type = "HttpRequestException",
            Message = "отказ \0 🛑",
            Location = new SourceLocation("etl.csx", 12, 5),
            SourceLine = "shop.Get()",
            Stack = "at etl.csx:line 12",
        };
        var second = Attempt(run, 2) with { Result = AttemptResult.Failed, Error = error, Reason = "отказ", Node = "node-2", QueuedAt = Sample.Noon };
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [Retrying, new TaskInstance { TaskIndex = 0, State = InstanceState.Running, Attempt = 3 }], [second, Attempt(run, 1)])));
        await WriteAsync(w => w.Runs.Add(Changes(run with { Revision = 1 }, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.UpForRetry, Attempt = 2 }])));

        var attempts = await Queries.AttemptsAsync(run.Id, 0, -1, Cancellation);

        Assert.Equal([Attempt(run, 1), second], attempts);
        var views = await Queries.TasksAsync(run.Id, Cancellation);
        Assert.Equal([0, 1], views.Select(view => view.Instance.TaskIndex));
        Assert.Equal(error, views[0].Error);
        Assert.Null(views[1].Error);
    }

    [Fact]
    public async Task Text_that_a_database_cannot_hold_does_not_cost_the_write()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        const string text = "a\0b\uD800c";
        Assert.Empty(await WriteAsync(w =>
        {
            w.Runs.Add(Changes(
                run with { Reason = text }, dag, [new TaskInstance { TaskIndex = 0, State = InstanceState.Failed, Reason = text, Node = text }],
                [Attempt(run, 1) with { Reason = text, Error = new TaskError { Type = text, Message = text } }]));
            w.Logs.Add(new LogChunk(Sample.Key(run), 1, [new LogLine(Sample.Noon, LogLevel.Error, LogSource.Error, text)]));
            w.Progress.Add(new ProgressUpdate(Sample.Key(run), double.NaN, text));
            w.Metrics.Add(new MetricPoint(Sample.Key(run), "etl", Sample.Noon, text, double.NaN, new Dictionary<string, string> { [text] = text }));
            w.Metrics.Add(new MetricPoint(Sample.Key(run), "etl", Sample.Noon, new string('m', 10_000), double.PositiveInfinity, new Dictionary<string, string>()));
            w.Artifacts.Add(new KeptArtifact(Sample.Key(run), Sample.Noon, Sample.Artifact("ff", text)));
            w.Artifacts.Add(new KeptArtifact(Sample.Key(run), Sample.Noon, Sample.Artifact("fe", new string('ж', 10_000))));
        }));

        Assert.StartsWith("a", (await Store.LoadRunAsync(run.Id, Cancellation))!.Instances[0].Reason);
        Assert.EndsWith("c", Assert.Single(await Queries.LogAsync(Sample.Key(run), 1, 10, Cancellation)).Line.Text);
        Assert.Equal(2, (await Queries.ArtifactsAsync(run.Id, Cancellation)).Count);
    }

    private static TaskAttempt Attempt(DagRun run, int number) => new()
    {
        RunId = run.Id,
        TaskIndex = 0,
        MapIndex = -1,
        Number = number,
        Result = AttemptResult.Success,
        StartedAt = Sample.Noon,
        EndedAt = Sample.Noon.AddSeconds(number),
    };
}
