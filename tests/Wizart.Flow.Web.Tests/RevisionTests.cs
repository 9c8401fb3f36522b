using System.Net;

namespace Wizart.Flow.Web.Tests;

/// <summary>Entity tags, and what is changed only as it was seen.</summary>
public sealed class RevisionTests
{
    [Fact]
    public async Task What_is_the_same_is_not_sent_again()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var first = await server.Get("dags/x");
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
        foreach (var header in (string[])[first.Headers.ETag!.ToString(), $"\"other\", {first.Headers.ETag}", $"W/{first.Headers.ETag}", "*"])
        {
            var again = await WithAsync(server, "dags/x", header);
            Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
        }

        await server.Post("dags/x/pause");
        var changed = await WithAsync(server, "dags/x", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task A_variable_is_changed_only_as_it_was_seen()
    {
        await using var server = await ApiServer.StartAsync();
        var put = await server.Send(HttpMethod.Put, "variables/limit", """{"value": 1}""");
        var seen = put.Headers.ETag!.ToString();
        Assert.Equal(seen, (await server.Get("variables/limit")).Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await ConnectionTests.SendAsync(server, HttpMethod.Put, "variables/limit", """{"value": 2}""", seen)).Status);
        (await ConnectionTests.SendAsync(server, HttpMethod.Put, "variables/limit", """{"value": 3}""", seen)).Problem(HttpStatusCode.PreconditionFailed, "overtaken");
        (await ConnectionTests.SendAsync(server, HttpMethod.Delete, "variables/limit", null, seen)).Problem(HttpStatusCode.PreconditionFailed, "overtaken");
        Assert.Equal(2, (await server.Get("variables/limit")).Json.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_one_changes_it()
    {
        await using var server = await ApiServer.StartAsync();
        var seen = (await server.Send(HttpMethod.Put, "variables/limit", """{"value": 0}""")).Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => ConnectionTests.SendAsync(server, HttpMethod.Put, "variables/limit", $$"""{"value": {{i}}}""", seen)));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.PreconditionFailed));
    }

    private static async Task<Answer> WithAsync(ApiServer server, string path, string tags)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tags);
        using var response = await server.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}
