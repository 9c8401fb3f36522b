using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Deliveries_come_with_the_change_they_tell_of()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var ofTask = Telling(run) with
        {
            TaskIndex = 1,
            MapIndex = 7,
            TaskId = "task_1",
            Attempt = 3,
            Reason = "«нет связи» 🔌",
            Notifier = new NotifierModel(NotifierKind.Channel, "performance", Client: "Teams"),
            Event = CallbackEvent.Retry,
        };
        var ofRun = Telling(run);
        Assert.Empty(await WriteAsync(w => w.Runs.Add(Changes(run, dag) with { Deliveries = [ofTask, ofRun] })));

        var stored = await Queries.DeliveriesAsync(run.Id, Cancellation);

        Assert.Equal([ofTask, ofRun], stored.Select(d => d with { Id = 0 }));
        Assert.True(stored[0].Id < stored[1].Id);
        Assert.Equal(stored, await PendingAsync(new PendingFilter()));
    }

    [Fact]
    public async Task Of_a_refused_change_nobody_is_told()
    {
        var dag = await PublishAsync("etl");
        var stale = await RunningAsync(dag);
        var fresh = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(stale, dag)));

        var refused = await WriteAsync(w =>
        {
            w.Runs.Add(Changes(stale, dag) with { Deliveries = [Telling(stale)] });
            w.Runs.Add(Changes(fresh, dag) with { Deliveries = [Telling(fresh)] });
        });

        Assert.Equal([stale.Id], refused);
        Assert.Equal(fresh.Id, Assert.Single(await PendingAsync(new PendingFilter())).RunId);
        Assert.Empty(await Queries.DeliveriesAsync(stale.Id, Cancellation));
    }

    [Fact]
    public async Task Pending_deliveries_are_found_by_number_by_run_and_page_by_page()
    {
        var dag = await PublishAsync("etl");
        var one = await RunningAsync(dag);
        var two = await RunningAsync(dag);
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(one, dag) with { Deliveries = [Telling(one), Telling(one), Telling(one)] });
            w.Runs.Add(Changes(two, dag) with { Deliveries = [Telling(two)] });
        });
        var all = await PendingAsync(new PendingFilter());

        Assert.Equal(4, all.Count);
        Assert.Equal(all.Take(2), await PendingAsync(new PendingFilter(Count: 2)));
        Assert.Equal(all.Skip(2), await PendingAsync(new PendingFilter(AfterId: all[1].Id)));
        Assert.Equal([all[2]], await PendingAsync(new PendingFilter(DeliveryId: all[2].Id)));
        Assert.Equal(3, (await PendingAsync(new PendingFilter(RunId: one.Id))).Count);
        Assert.Empty(await PendingAsync(new PendingFilter(DeliveryId: 4711)));
    }

    [Fact]
    public async Task A_try_is_stored_once_and_only_while_the_delivery_is_pending()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await WriteAsync(w => w.Runs.Add(Changes(run, dag) with { Deliveries = [Telling(run)] }));
        var id = (await PendingAsync(new PendingFilter()))[0].Id;
        var due = Sample.Noon.AddSeconds(1);

        Assert.True(await TryAsync(new DeliveryTry(id, 1, DeliveryState.Pending, Sample.Noon, due, "отказ")));
        Assert.False(await TryAsync(new DeliveryTry(id, 1, DeliveryState.Delivered, Sample.Noon, null, null)));
        var pending = Assert.Single(await PendingAsync(new PendingFilter()));
        Assert.Equal((1, due, "отказ"), (pending.Tries, pending.DueAt, pending.Error));
        Assert.Null(pending.EndedAt);

        Assert.True(await TryAsync(new DeliveryTry(id, 2, DeliveryState.Delivered, due, null, null)));
        Assert.False(await TryAsync(new DeliveryTry(id, 3, DeliveryState.GivenUp, due, null, "too late")));
        Assert.Empty(await PendingAsync(new PendingFilter()));
        var delivered = Assert.Single(await Queries.DeliveriesAsync(run.Id, Cancellation));
        Assert.Equal((DeliveryState.Delivered, 2, "отказ", due), (delivered.Status, delivered.Tries, delivered.Error, delivered.EndedAt));
        Assert.Null(delivered.DueAt);
    }

    [Fact]
    public async Task A_missed_deadline_is_stored_once_and_only_of_a_run_that_is_not_over()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var over = await EndedAsync(dag, Sample.Noon);
        var missed = Telling(run) with { Event = CallbackEvent.Deadline, State = "running", Reason = "not over in time" };

        Assert.True(await DoAsync(transaction => transaction.MissDeadlineAsync(missed)));
        Assert.False(await DoAsync(transaction => transaction.MissDeadlineAsync(missed)));
        Assert.True(await DoAsync(transaction => transaction.MissDeadlineAsync(missed with { Reason = "another" })));
        Assert.False(await DoAsync(transaction => transaction.MissDeadlineAsync(missed with { RunId = over.Id })));

        var stored = await PendingAsync(new PendingFilter());
        Assert.Equal(missed, stored[0] with { Id = 0 });
        Assert.Equal(2, stored.Count);
    }

    [Fact]
    public async Task Deliveries_go_with_their_run()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        var ended = run with { State = RunState.Failed, EndedAt = Sample.Noon };
        await WriteAsync(w => w.Runs.Add(Changes(ended, dag) with { Deliveries = [Telling(run)] }));

        await Retention.RemoveRunsAsync(Cutoff, 100, Cancellation);

        Assert.Empty(await Queries.DeliveriesAsync(run.Id, Cancellation));
        Assert.Empty(await PendingAsync(new PendingFilter()));
    }

    [Fact]
    public async Task The_length_of_a_log_is_the_number_of_its_last_line()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag);
        await WriteAsync(w =>
        {
            w.Logs.Add(Sample.Lines(Sample.Key(run), 1, 3));
            w.Logs.Add(Sample.Lines(Sample.Key(run), 4, 2));
        });

        Assert.Equal(5, await Queries.LogLengthAsync(Sample.Key(run), Cancellation));
        Assert.Equal(0, await Queries.LogLengthAsync(Sample.Key(run, attempt: 2), Cancellation));
    }

    private static Delivery Telling(DagRun run) => new()
    {
        RunId = run.Id,
        DagId = run.DagId,
        Event = CallbackEvent.Failure,
        State = "failed",
        Notifier = new NotifierModel(NotifierKind.Webhook, Url: "https://example.org/hook"),
        CreatedAt = Sample.Noon,
        DueAt = Sample.Noon,
    };

    private Task<IReadOnlyList<Delivery>> PendingAsync(PendingFilter filter) => Store.PendingDeliveriesAsync(filter, Cancellation);

    private Task<bool> TryAsync(DeliveryTry result) => DoAsync(transaction => transaction.SaveDeliveryTryAsync(result));
}
