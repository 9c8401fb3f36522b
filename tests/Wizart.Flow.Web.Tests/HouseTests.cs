using System.Net;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

public sealed class HouseTests
{
    private static readonly string Hash = new('b', 64);

    [Fact]
    public async Task Variables_are_set_read_and_removed()
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Get("variables/limit")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.OK, (await server.Send(HttpMethod.Put, "variables/limit", """{"value": {"a": [1, 2]}}""")).Status);
        Assert.Equal(2, (await server.Get("variables/limit")).Json.GetProperty("value").GetProperty("a").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send(HttpMethod.Delete, "variables/limit")).Status);
        (await server.Send(HttpMethod.Delete, "variables/limit")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("variables/limit", "")]
    [InlineData("variables/limit", "{}")]
    [InlineData("variables/limit", "7")]
    [InlineData("variables/limit", """{"valu": 7}""")]
    [InlineData("variables/a%20b", """{"value": 7}""")]
    public async Task A_variable_that_makes_no_sense_is_refused(string path, string body)
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Send(HttpMethod.Put, path, body)).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Artifacts_are_listed_with_their_task_and_downloaded_as_data_only()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        server.Artifacts.Put(Hash, "<script>alert(1)</script>");
        server.Bodies.Set("t", attempt =>
        {
            attempt.Tell(new AttemptEvent.ArtifactKept(new Artifact("Bericht ä.html", Hash, 25, "text/html")));
            return Task.FromResult<AttemptOutcome>(Outcomes.Gives("0"));
        });
        var id = await server.Run("x");
        var artifact = (await server.Get($"runs/{id}/artifacts")).Json.EnumerateArray().Single();
        Assert.Equal(("Bericht ä.html", "t", 1), (artifact.GetProperty("name").GetString(), artifact.GetProperty("taskId").GetString(), artifact.GetProperty("attempt").GetInt32()));

        var answer = await server.Get(artifact.GetProperty("url").GetString()!);
        Assert.Equal(("application/octet-stream", "<script>alert(1)</script>"), (answer.Type, answer.Text));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("attachment", answer.ContentHeaders.ContentDisposition!.DispositionType);
        Assert.Equal("Bericht ä.html", answer.ContentHeaders.ContentDisposition.FileNameStar);
    }

    [Theory]
    [InlineData("report.csv", "text/csv")]
    [InlineData("chart.png", "image/png")]
    [InlineData("page.svg", "application/octet-stream")]
    [InlineData("page.html", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public async Task A_download_has_a_type_that_no_browser_runs(string name, string type)
    {
        await using var server = await ApiServer.StartAsync();
        server.Artifacts.Put(Hash, "content");
        Assert.Equal(type, (await server.Get($"artifacts/{Hash}?name={name}")).Type);
    }

    [Theory]
    [InlineData("cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")]
    [InlineData("b")]
    public async Task An_artifact_that_is_not_there_is_not_found(string hash)
    {
        await using var server = await ApiServer.StartAsync();
        server.Artifacts.Put(Hash, "content");
        (await server.Get($"artifacts/{hash}")).Problem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_database_that_fails_is_told_as_such_and_when_to_come_again()
    {
        await using var server = await ApiServer.StartOverAsync(new BrokenQueries("The disk is full. Free some space."));
        var answer = await server.Get("runs");
        Assert.Equal("The disk is full. Free some space.", answer.Problem(HttpStatusCode.ServiceUnavailable, "unavailable"));
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_mistake_of_our_own_does_not_tell_its_secrets()
    {
        await using var server = await ApiServer.StartOverAsync(new BrokenQueries(null));
        var answer = await server.Get("runs");
        answer.Problem(HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }
}
