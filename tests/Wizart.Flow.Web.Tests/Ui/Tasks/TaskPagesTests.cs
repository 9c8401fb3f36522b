using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Tasks;

public sealed class TaskPagesTests
{
    [Fact]
    public async Task Each_attempt_is_shown_with_its_error_and_the_line_that_failed()
    {
        var model = Models.Chain("shop", "only");
        await using var server = await ApiServer.StartAsync(model with { Tasks = [model.Tasks[0] with { Retry = new RetryModel(1, Backoff.None) }] });
        server.Bodies.Set("only", attempt => Task.FromResult<AttemptOutcome>(attempt.Order.Attempt == 1 ? FailsAt(2, "First <b>no</b>.") : FailsAt(99, "Second no.")));
        var run = await server.Run("shop");
        var newest = await server.Html($"runs/{run}/tasks/only");
        newest.Says("Second no.", "attempt 1", "attempt 2", $"data-query=\"attempt=2\"");
        newest.SaysNot("First <b>no</b>.", "class=\"excerpt-figure\"");
        var first = await server.Html($"runs/{run}/tasks/only?attempt=1");
        first.Says("First <b>no</b>.", "InvalidOperationException", "href=\"dags/shop/code?version=1#L2\"", "shop.csx:2", "class=\"line marked\" data-n=\"2\"", "data-query=\"attempt=1\"");
        Assert.DoesNotContain("<b>no</b>", first, StringComparison.Ordinal);
        (await server.Html($"runs/{run}/tasks/only?attempt=7")).Says("Second no.");
    }

    [Fact]
    public async Task Inputs_and_output_are_shown_without_secrets()
    {
        var model = Models.WithParams("x");
        await using var server = await ApiServer.StartAsync(model with
        {
            Tasks =
            [
                model.Tasks[0] with
                {
                    Inputs =
                    [
                        new InputModel(InputKind.Param, "brand", new TypeModel("string")),
                        new InputModel(InputKind.Connection, "shop", new TypeModel("Shop")),
                        new InputModel(InputKind.Variable, "limit", new TypeModel("int"), Models.Json("7")),
                    ],
                },
            ],
        });
        await server.Send(HttpMethod.Put, "connections/shop", """{"type": "shop", "values": {"url": "http://shop", "token": "very-secret"}}""");
        server.Bodies.Set("only", Outcomes.Gives("""{"rows": [1, 2], "html": "<script>alert(1)</script>"}"""));
        var run = await server.Run("x", """{"params": {"brand": "oak"}}""");
        var page = await server.Html($"runs/{run}/tasks/only");
        page.Says("\"oak\"", "\"token\": \"***\"", "http://shop", "not stored: its default", "\"rows\": [", $"href=\"api/v1/runs/{run}/tasks/only/output\"");
        page.SaysNot("very-secret");
        page.IsHarmless();
    }

    [Fact]
    public async Task Elements_are_listed_counted_filtered_and_paged()
    {
        await using var server = await ApiServer.StartAsync(Mapped("etl"));
        server.Bodies.Set("list", Outcomes.Gives($"[{string.Join(", ", Enumerable.Range(0, 150))}]") with { Count = 150 });
        server.Bodies.Set("each", attempt => Task.FromResult<AttemptOutcome>(attempt.Order.MapIndex % 50 == 7 ? Outcomes.Fails("Seven.") : Outcomes.Gives("1")));
        var run = await server.Run("etl");
        var path = $"runs/{run}/tasks/each";
        var page = await server.Html(path);
        page.Says("all <b>150</b>", "<b>147</b>", "<b>3</b>", $"href=\"{path}?element=99\"", $"href=\"{path}?after=99\"", "Seven.");
        page.SaysNot($"href=\"{path}?element=100\"");
        var next = await server.Html($"{path}?after=99");
        next.Says($"href=\"{path}?element=149\"");
        next.SaysNot($"href=\"{path}?element=99\"", ">Next</a>");
        var failed = await server.Html($"{path}?elements=failed");
        Assert.Equal(3, failed.Split("?element=").Length - 1);
        var one = await server.Html($"{path}?element=57");
        one.Says("element 57", "Seven.", "data-query=\"attempt=1&element=57\"", $"href=\"runs/{run}/note?task=each%5B57%5D\"");
        (await server.Page($"{path}?element=999")).IsMissing("has no element 999");
    }

    [Fact]
    public async Task A_large_output_is_kept_beside_and_led_to()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "only"));
        server.Bodies.Set("only", new AttemptOutcome.Succeeded(new TaskValue(null, new Artifact("output.json", new string('a', 64), 2048, "application/json"))));
        var run = await server.Run("x");
        (await server.Html($"runs/{run}/tasks/only")).Says("A large value of", $"href=\"artifacts/{new string('a', 64)}/output.json\"");
    }

    [Fact]
    public async Task What_did_not_begin_says_why_and_what_is_not_there_is_missing()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "first", "second"));
        server.Bodies.Set("first", Outcomes.Fails("No route."));
        var run = await server.Run("x");
        (await server.Html($"runs/{run}/tasks/second")).Says("upstream failed", "It has not begun.");
        (await server.Page($"runs/{run}/tasks/secnd")).IsMissing("Did you mean 'second'?");
        (await server.Page($"runs/{run}/tasks/secnd/log")).IsMissing("secnd");
    }

    [Fact]
    public async Task Progress_and_a_live_log_are_shown_while_it_runs()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "only"));
        server.Bodies.Set("only", async attempt =>
        {
            attempt.Tell(new AttemptEvent.Progress(0.5, "half of <b>it</b>"));
            for (var i = 0; i < 500; i++) attempt.Log("so many lines are stored at once, and the progress with them");
            return await attempt.UntilStoppedAsync();
        });
        var run = await server.Trigger("x");
        var page = await Runs.RunPagesTests.Until(server, $"runs/{run}/tasks/only", p => p.Contains("half of", StringComparison.Ordinal));
        page.Says("50 % half of <b>it</b>", "data-open=\"true\"", "data-log-follow");
        (await server.Html($"runs/{run}")).Says("50 % half of <b>it</b>");
        await server.Post($"runs/{run}/cancel");
        await server.Get($"runs/{run}/wait?timeout=60");
        (await server.Html($"runs/{run}/tasks/only")).SaysNot("data-open=\"true\"", "data-log-follow");
    }

    internal static DagModel Mapped(string id)
    {
        var chain = Models.Chain(id, "list", "each");
        return chain with
        {
            Tasks = [chain.Tasks[0] with { Output = new TypeModel("int[]") }, chain.Tasks[1] with { ForEach = new InputModel(InputKind.Output, "list", new TypeModel("int")) }],
        };
    }

    private static AttemptOutcome.Failed FailsAt(int line, string message) => new(new TaskError
    {
        Type = "InvalidOperationException",
        Message = message,
        Location = new SourceLocation("shop.csx", line),
    });
}
