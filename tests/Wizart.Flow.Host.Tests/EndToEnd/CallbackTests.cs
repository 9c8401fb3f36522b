using System.Text.Json;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Host.Tests.Support;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Callbacks of a real daemon, told to a receiver on this machine.</summary>
public sealed class CallbackTests
{
    [Fact]
    public async Task A_task_that_fails_is_told_with_error_place_and_log()
    {
        using var home = new DaemonHome();
        await using var hook = new WebhookListener();
        home.Write("connections.json", """{"alerts": {"type": "http", "url": "URL", "token": "t0p-s3cret"}}""".Replace("URL", hook.Url, StringComparison.Ordinal));
        home.Write("etl.csx", """
            var dag = Dag("etl").OnFailure(Webhook("alerts"));
            var first = dag.Task("first").OnFailure(Webhook("alerts"), LogNotifier()).Run(() =>
            {
                Console.WriteLine("looking");
                throw new InvalidOperationException("no such table");
            });
            dag.Task("second").After(first).OnFailure(Webhook("alerts")).Run(() => { });
            """);

        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.RunToEndAsync("etl");
        var calls = await hook.CallsAsync(2, daemon);

        var task = calls[0];
        Assert.Equal(("failure", "etl", "first", "failed"), (Text(task, "event"), Text(task, "dag"), Text(task, "task"), Text(task, "state")));
        Assert.Equal((run.Id, 1), (task.GetProperty("run").GetInt64(), task.GetProperty("attempt").GetInt32()));
        var error = task.GetProperty("error");
        Assert.Equal("no such table", Text(error, "message"));
        Assert.EndsWith("etl.csx", Text(error, "file"), StringComparison.Ordinal);
        Assert.Equal(5, error.GetProperty("line").GetInt32());
        Assert.Contains("looking", task.GetProperty("log").EnumerateArray().Select(l => l.GetString()));
        Assert.Matches($"^http://127.0.0.1:[0-9]+/runs/{run.Id}$", Text(task, "link"));
        Assert.Equal("Bearer t0p-s3cret", hook.Authorization);

        Assert.Equal(JsonValueKind.Null, calls[1].GetProperty("task").ValueKind);
        Assert.Equal("no such table", Text(calls[1].GetProperty("error"), "message"));
        await DeliveredAsync(daemon, run.Id, 3);
        Assert.Contains("task 'first' is failed: no such table", daemon.Output, StringComparison.Ordinal);
        Assert.Equal(2, hook.Calls.Count); // the second never ran: nothing of it failed
    }

    [Fact]
    public async Task A_task_that_is_killed_by_its_timeout_is_told()
    {
        using var home = new DaemonHome();
        await using var hook = new WebhookListener();
        home.Write("stuck.csx", Dag("stuck", hook.Url, """.Timeout(500.Milliseconds()).Run(() => { while (true) { } })"""));

        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.RunToEndAsync("stuck");
        var told = Assert.Single(await hook.CallsAsync(1, daemon));

        Assert.Equal(("t", "failed", "Timeout"), (Text(told, "task"), Text(told, "state"), Text(told.GetProperty("error"), "type")));
        await DeliveredAsync(daemon, run.Id, 1);
    }

    [Fact]
    public async Task A_body_that_ends_its_process_and_a_run_that_is_cancelled_are_told()
    {
        using var home = new DaemonHome();
        await using var hook = new WebhookListener();
        home.Write("exits.csx", Dag("exits", hook.Url, ".Run(() => Environment.Exit(3))"));
        home.Write("waits.csx", Dag("waits", hook.Url, ".From(dag.Context).Run(async c => { Console.WriteLine(\"begun\"); await Task.Delay(-1, c.Cancellation); })"));

        await using var daemon = await DaemonProcess.StartAsync(home);
        await daemon.Api.RunToEndAsync("exits");
        var run = await daemon.Api.TriggerAsync("waits");
        await Eventually.HoldsAsync(async () => (await daemon.Api.LogAsync(run.Id, "t")).Length > 0, () => $"it begins.\n{daemon.Output}");
        await daemon.Api.CancelAsync(run.Id);
        var calls = await hook.CallsAsync(2, daemon);

        Assert.Equal(("exits", "failed"), (Text(calls[0], "dag"), Text(calls[0], "state")));
        Assert.Equal(("waits", "cancelled"), (Text(calls[1], "dag"), Text(calls[1], "state")));
    }

    [Fact]
    public async Task What_a_killed_daemon_did_not_tell_the_next_one_tells()
    {
        using var home = new DaemonHome();
        var port = WebhookListener.FreePort();
        home.Write("etl.csx", Dag("etl", $"http://127.0.0.1:{port}/hook", """.Run(() => { throw new Exception("broken"); })"""));
        home.Write("lost.csx", Dag("lost", $"http://127.0.0.1:{port}/hook", """.Run(() => { Console.WriteLine("begun"); System.Threading.Thread.Sleep(-1); })"""));
        long failed, lost;
        await using (var daemon = await DaemonProcess.StartAsync(home))
        {
            failed = (await daemon.Api.RunToEndAsync("etl")).Id; // nobody listens yet
            await Eventually.HoldsAsync(
                async () => (await daemon.Api.DeliveriesAsync(failed)).Single().Tries > 0, () => $"it is tried.\n{daemon.Output}");
            lost = (await daemon.Api.TriggerAsync("lost")).Id;
            await Eventually.HoldsAsync(async () => (await daemon.Api.LogAsync(lost, "t")).Length > 0, () => $"it begins.\n{daemon.Output}");
            await daemon.KillAsync();
        }

        await using var hook = new WebhookListener(port);
        await using var next = await DaemonProcess.StartAsync(home);
        Assert.Equal(RunState.Failed, (await next.Api.EndAsync(lost)).State);
        var calls = await hook.CallsAsync(2, next);

        Assert.Equal([failed, lost], calls.Select(c => c.GetProperty("run").GetInt64()).Distinct().Order());
        Assert.Equal("Lost", Text(calls.Single(c => c.GetProperty("run").GetInt64() == lost).GetProperty("error"), "type"));
        await DeliveredAsync(next, failed, 1);
        await DeliveredAsync(next, lost, 1);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_asked_again_and_the_run_does_not_mind()
    {
        using var home = new DaemonHome();
        await using var hook = new WebhookListener { Answer = call => call <= 3 ? 500 : 200 };
        home.Write("fine.csx", $$"""
            var dag = Dag("fine").OnSuccess(Webhook("{{hook.Url}}"));
            dag.Task("t").OnSuccess(Webhook("nobody")).Run(() => 1);
            """);

        await using var daemon = await DaemonProcess.StartAsync(home);
        var run = await daemon.Api.RunToEndAsync("fine");
        Assert.Equal(RunState.Success, run.State);
        var calls = await hook.CallsAsync(4, daemon);

        Assert.Single(calls.Select(c => c.GetProperty("id").GetInt64()).Distinct());
        var delivery = await Eventually.GetAsync(
            async () => (await daemon.Api.DeliveriesAsync(run.Id)).FirstOrDefault(d => d.Status == DeliveryState.Delivered), () => $"it is delivered.\n{daemon.Output}");
        Assert.Equal(4, delivery.Tries);
        Assert.Contains("500", delivery.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-path", delivery.Error + delivery.Notifier, StringComparison.Ordinal);
        var pending = (await daemon.Api.DeliveriesAsync(run.Id)).Single(d => d.Status == DeliveryState.Pending);
        Assert.Contains("no connection 'nobody'", pending.Error, StringComparison.Ordinal);
        Assert.Equal(RunState.Success, (await daemon.Api.RunAsync(run.Id)).State);
    }

    private static string Dag(string id, string url, string ending) =>
        $$"""
        var dag = Dag("{{id}}");
        dag.Task("t").OnFailure(Webhook("{{url}}")){{ending}};
        """;

    private static string? Text(JsonElement json, string property) => json.GetProperty(property).GetString();

    private static Task DeliveredAsync(DaemonProcess daemon, long run, int count) => Eventually.HoldsAsync(
        async () => (await daemon.Api.DeliveriesAsync(run)).Count(d => d.Status == DeliveryState.Delivered) == count,
        () => $"{count} deliveries of run {run}.\n{daemon.Output}");
}
