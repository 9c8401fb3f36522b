using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class CallbackTests
{
    private static readonly NotifierModel Alerts = new(NotifierKind.Webhook, "alerts");
    private static readonly NotifierModel Chat = new(NotifierKind.Channel, "team", Client: typeof(SomeChat).FullName);
    private static readonly NotifierModel Log = new(NotifierKind.Log);

    [Fact]
    public void A_dag_and_a_task_keep_who_is_told_of_what_and_it_adds_up()
    {
        var team = Connection<SomeChat>("team");
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl").OnFailure(Webhook("alerts"), LogNotifier()).OnFailure(team).OnSuccess(team).OnRetry(LogNotifier()).OnSkipped(LogNotifier());
            dag.Task("t").OnRetry(team).OnFailure(Webhook("alerts")).OnSuccess(LogNotifier()).OnSkipped(team).Run(() => { });
        });

        Assert.Equal(
            [
                new(CallbackEvent.Failure, Alerts), new(CallbackEvent.Failure, Log), new(CallbackEvent.Failure, Chat),
                new(CallbackEvent.Success, Chat), new(CallbackEvent.Retry, Log), new(CallbackEvent.Skipped, Log),
            ],
            model.Callbacks);
        Assert.Equal(
            [new(CallbackEvent.Retry, Chat), new(CallbackEvent.Failure, Alerts), new(CallbackEvent.Success, Log), new(CallbackEvent.Skipped, Chat)],
            model.Tasks[0].Callbacks);
        var json = JsonSerializer.Serialize(model, ModelJson.Default.DagModel);
        Assert.Equal(model.Callbacks, JsonSerializer.Deserialize(json, ModelJson.Default.DagModel)!.Callbacks);
    }

    [Fact]
    public void A_webhook_goes_to_an_address_or_through_a_connection()
    {
        var shop = Connection<SomeChat>("shop");
        var model = Declared.Dag(() => Dag("etl")
            .OnFailure(Webhook("https://example.com/a?b=c"), Webhook("alerts", "/flow"), Webhook(shop, "/x"), Webhook(shop))
            .Task("t").Run(() => { }));

        Assert.Equal(
            [
                new(NotifierKind.Webhook, Url: "https://example.com/a?b=c"), new(NotifierKind.Webhook, "alerts", "/flow"),
                new(NotifierKind.Webhook, "shop", "/x"), new(NotifierKind.Webhook, "shop"),
            ],
            model.Callbacks.Select(c => c.Notifier));
    }

    [Theory]
    [InlineData("ftp://example.com", null, "FLOW012")]
    [InlineData("https://", null, "FLOW012")]
    [InlineData("https://example.com", "/path", "FLOW012")]
    [InlineData("no id", null, "FLOW011")]
    public void A_webhook_that_goes_nowhere_is_an_error(string target, string? path, string code) =>
        Assert.Equal([code], Declared.Codes(() => Dag("etl").OnFailure(Webhook(target, path)).Task("t").Run(() => { })));

    [Fact]
    public void A_deadline_says_after_what_time_from_when_and_to_whom()
    {
        var team = Connection<SomeChat>("team");
        var model = Declared.Dag(() => Dag("etl")
            .Deadline(1.Hours(), FromQueued, LogNotifier())
            .Deadline(2.Hours(), FromLogicalDate, team)
            .Deadline(3.Hours(), FromAverage, Webhook("alerts"))
            .Task("t").Run(() => { }));

        Assert.Equal(
            [
                new(1.Hours(), DeadlineReference.Queued, Log), new(2.Hours(), DeadlineReference.LogicalDate, Chat),
                new(3.Hours(), DeadlineReference.AverageOfLastRuns, Alerts),
            ],
            model.Deadlines);
        Assert.Equal(["FLOW012"], Declared.Codes(() => Dag("etl").Deadline(-1.Hours(), FromQueued, LogNotifier()).Task("t").Run(() => { })));
    }

    private sealed class SomeChat : INotificationChannel
    {
        public Task NotifyAsync(Notification notification, CancellationToken cancellation) => Task.CompletedTask;
    }
}
