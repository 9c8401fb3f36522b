using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly InstanceWait Asking = new()
    {
        Kind = WaitKind.Approval,
        Since = Sample.Noon,
        Until = Sample.Noon.AddDays(1),
        Looks = 2,
        Continues = true,
        RunId = 7,
        Params = new Dictionary<string, JsonPayload> { ["brand"] = JsonPayload.Parse("\"дуб\"") },
        Form = new FormModel { Title = "Publish «all»?", Text = "**now**", Fields = [new ParamModel { Name = "n", Type = new TypeModel("int"), Default = JsonSerializer.SerializeToElement(5) }] },
    };

    [Fact]
    public async Task What_an_instance_waits_for_comes_back_and_is_gone_when_it_is_over()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(run, dag, [new TaskInstance { TaskIndex = 1, State = InstanceState.Deferred, Wait = Asking }])));
        var loaded = (await Store.LoadRunAsync(run.Id, Cancellation))!;
        var wait = loaded.Instances.Single().Wait!;
        Assert.Equal(JsonSerializer.Serialize(Asking), JsonSerializer.Serialize(wait));

        await WriteAsync(w => w.Runs.Add(Changes(loaded.Run, dag, [new TaskInstance { TaskIndex = 1, State = InstanceState.Success }])));
        Assert.Null((await Store.LoadRunAsync(run.Id, Cancellation))!.Instances.Single().Wait);
    }

    [Fact]
    public async Task Only_what_waits_for_a_person_now_is_listed()
    {
        var dag = await PublishAsync("etl");
        var other = await PublishAsync("other");
        var first = await RunningAsync(dag);
        var second = await RunningAsync(other);
        TaskInstance Deferred(int task, int map, WaitKind kind) => new() { TaskIndex = task, MapIndex = map, State = InstanceState.Deferred, Wait = Asking with { Kind = kind } };
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(first, dag, [Deferred(0, -1, WaitKind.Approval), Deferred(1, -1, WaitKind.Condition), new TaskInstance { TaskIndex = 2, State = InstanceState.Queued, Wait = Asking }]));
            w.Runs.Add(Changes(second, other, [Deferred(1, 3, WaitKind.Approval)]));
        });

        var all = await Queries.ApprovalsAsync(null, 10, Cancellation);
        Assert.Equal([(first.Id, 0, -1), (second.Id, 1, 3)], all.Select(w => (w.Run.Id, w.Instance.TaskIndex, w.Instance.MapIndex)));
        Assert.Equal("Publish «all»?", all[0].Instance.Wait!.Form!.Title);
        Assert.Equal(second.Id, Assert.Single(await Queries.ApprovalsAsync("other", 10, Cancellation)).Run.Id);
        Assert.Single(await Queries.ApprovalsAsync(null, 1, Cancellation));
    }

    [Fact]
    public async Task The_newest_run_of_a_date_is_found_whatever_its_kind()
    {
        var dag = await PublishAsync("etl");
        await PublishAsync("other");
        Assert.Null(await Store.NewestRunAsync("etl", Sample.Noon, Cancellation));
        var scheduled = await InsertAsync(Sample.Run(dag, kind: RunKind.Scheduled));
        Assert.Equal(scheduled!.Id, (await Store.NewestRunAsync("etl", Sample.Noon, Cancellation))!.Id);
        var manual = await InsertAsync(Sample.Run(dag) with { TriggeredBy = scheduled.Id });
        await InsertAsync(Sample.Run(dag, day: 1));
        var newest = (await Store.NewestRunAsync("etl", Sample.Noon, Cancellation))!;
        Assert.Equal((manual!.Id, scheduled.Id), (newest.Id, newest.TriggeredBy));
        Assert.Null(await Store.NewestRunAsync("other", Sample.Noon, Cancellation));
    }

    [Fact]
    public async Task The_length_of_a_log_is_known()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        var key = Sample.Key(run);
        Assert.Equal(0, await Store.LogLinesAsync(key, Cancellation));
        await WriteAsync(w => w.Logs.AddRange([Sample.Lines(key, 1, 3), Sample.Lines(key, 4, 2)]));
        Assert.Equal(5, await Store.LogLinesAsync(key, Cancellation));
    }
}
