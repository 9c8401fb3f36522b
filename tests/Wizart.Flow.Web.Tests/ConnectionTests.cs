using System.Net;
using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Web.Tests;

public sealed class ConnectionTests
{
    private const string Secret = "very-secret-token";
    private const string Shop = $$"""{"type": "shop", "values": {"url": "http://shop", "token": "{{Secret}}", "retries": 3}, "description": "The shop"}""";

    [Fact]
    public async Task A_connection_is_stored_and_its_secret_never_comes_back()
    {
        await using var server = await ApiServer.StartAsync();
        var put = await server.Send(HttpMethod.Put, "connections/shop", Shop);
        Assert.Equal((HttpStatusCode.Created, "/api/v1/connections/shop"), (put.Status, put.Headers.Location!.OriginalString));
        foreach (var answer in (Answer[])[put, await server.Get("connections/shop"), await server.Get("connections"), await server.Get("audit")])
            Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal);

        var shop = (await server.Get("connections/shop")).Json;
        Assert.Equal(("shop", "The shop", "database"), (Text(shop, "type"), Text(shop, "description"), Text(shop, "origin")));
        Assert.Equal(("http://shop", "***", "3"), (Value(shop, "url"), Value(shop, "token"), Value(shop, "retries")));
        Assert.Equal(["token"], shop.GetProperty("secrets").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("add connection", Text((await server.Get("audit")).Json[0], "action"));
    }

    [Fact]
    public async Task A_secret_that_is_left_out_stays_and_everything_else_is_replaced()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Send(HttpMethod.Put, "connections/shop", Shop);
        var changed = await server.Send(HttpMethod.Put, "connections/shop", """{"values": {"url": "http://shop/other"}}""");
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(("http://shop/other", "***", false), (Value(changed.Json, "url"), Value(changed.Json, "token"), changed.Json.GetProperty("values").TryGetProperty("retries", out _)));
        Assert.Equal($"http://shop/other does not know '***'.", Text((await server.Post("connections/shop/test", """{"values": {"url": "http://shop/other", "mode": "slow", "token": "***"}}""")).Json, "message"));

        var removed = await server.Send(HttpMethod.Put, "connections/shop", """{"values": {"url": "http://shop/other", "token": null}}""");
        Assert.Empty(removed.Json.GetProperty("secrets").EnumerateArray());
    }

    [Fact]
    public async Task A_stored_secret_does_not_go_to_another_server()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Send(HttpMethod.Put, "connections/shop", Shop);
        foreach (var values in (string[])["""{"url": "http://thief"}""", """{"url": "http://thief", "token": "***"}""", """{"url": "http://shop:81"}"""])
        {
            var put = await server.Send(HttpMethod.Put, "connections/shop", $$"""{"values": {{values}}}""");
            var tried = await server.Post("connections/shop/test", $$"""{"values": {{values}}}""");
            foreach (var answer in (Answer[])[put, tried])
            {
                answer.Problem(HttpStatusCode.BadRequest, "invalid");
                Assert.Contains("url leads to another server now: give token again, or remove it.", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain(Secret, answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Send(HttpMethod.Put, "connections/shop", """{"values": {"url": "http://thief", "token": "new"}}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Send(HttpMethod.Put, "connections/shop", """{"values": {"url": "http://shop", "token": null}}""")).Status);
    }

    [Fact]
    public async Task All_that_is_wrong_with_it_is_told()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.Send(HttpMethod.Put, "connections/shop", """{"type": "shop", "values": {"retrys": 1, "retries": "few", "mode": "odd", "token": "***"}}""");
        answer.Problem(HttpStatusCode.BadRequest, "invalid");
        var errors = answer.Json.GetProperty("errors").EnumerateArray().Select(e => Text(e, "message")!).ToArray();
        Assert.Equal(5, errors.Length);
        Assert.Contains("Connections of type 'shop' have no setting 'retrys'. Did you mean 'retries'?", errors);
        Assert.Contains("url must be given: Its address.", errors);
        var type = await server.Send(HttpMethod.Put, "connections/shop", """{"type": "shops"}""");
        Assert.Equal("'shops' is no type of connection. Did you mean 'shop'? There are: mute, shop.", type.Problem(HttpStatusCode.BadRequest, "invalid"));
        (await server.Send(HttpMethod.Put, "connections/a%20b", Shop)).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task It_is_tried_as_it_is_and_as_it_would_be()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Send(HttpMethod.Put, "connections/shop", Shop);
        var trial = (await server.Post("connections/shop/test")).Json;
        Assert.Equal((true, "It answers http://shop."), (trial.GetProperty("ok").GetBoolean(), Text(trial, "message")));
        var draft = (await server.Post("connections/new/test", """{"type": "shop", "values": {"url": "http://new", "mode": "slow", "token": "abcdef"}}""")).Json;
        Assert.Equal((false, "http://new does not know '***'."), (draft.GetProperty("ok").GetBoolean(), Text(draft, "message")));
        await server.Send(HttpMethod.Put, "connections/mute", """{"type": "mute"}""");
        Assert.Contains("can't be tried", Text((await server.Post("connections/mute/test")).Json, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_a_file_goes_before_and_is_not_changed_here()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Send(HttpMethod.Put, "connections/shop", Shop);
        server.Given.Known.Add(new KnownConnection("shop", "shop", ConnectionOrigin.File, new ConnectionSettings("shop", "shop", new Dictionary<string, string> { ["url"] = "http://me:pass@file" })));
        var shop = (await server.Get("connections/shop")).Json;
        Assert.Equal(("file", "http://me:***@file"), (Text(shop, "origin"), Value(shop, "url")));
        Assert.Contains("stands in connections.json", (await server.Send(HttpMethod.Put, "connections/shop", Shop)).Problem(HttpStatusCode.Conflict, "conflict"), StringComparison.Ordinal);
        (await server.Send(HttpMethod.Delete, "connections/shop")).Problem(HttpStatusCode.Conflict, "conflict");
        Assert.Single((await server.Get("connections")).Json.EnumerateArray());
    }

    [Fact]
    public async Task It_is_changed_only_as_it_was_seen()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Send(HttpMethod.Put, "connections/shop", Shop);
        var seen = (await server.Get("connections/shop")).Headers.ETag!;
        var same = await SendAsync(server, HttpMethod.Put, "connections/shop", Shop, seen.ToString());
        Assert.Equal(HttpStatusCode.OK, same.Status); // even the same values are another revision: a secret may have changed
        Assert.Equal(same.Headers.ETag, (await server.Get("connections/shop")).Headers.ETag);
        (await SendAsync(server, HttpMethod.Put, "connections/shop", Shop, seen.ToString())).Problem(HttpStatusCode.PreconditionFailed, "overtaken");
        (await SendAsync(server, HttpMethod.Delete, "connections/shop", null, seen.ToString())).Problem(HttpStatusCode.PreconditionFailed, "overtaken");
        (await SendAsync(server, HttpMethod.Put, "connections/other", Shop, "*")).Problem(HttpStatusCode.PreconditionFailed, "overtaken");
        (await SendAsync(server, HttpMethod.Put, "connections/shop", Shop, "five")).Problem(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(server, HttpMethod.Delete, "connections/shop", null, same.Headers.ETag!.ToString())).Status);
    }

    [Fact]
    public async Task Types_say_what_a_form_asks()
    {
        await using var server = await ApiServer.StartAsync();
        var types = (await server.Get("connection-types")).Json.EnumerateArray().ToArray();
        Assert.Equal(["mute", "shop"], types.Select(t => Text(t, "name")));
        var token = types[1].GetProperty("settings").EnumerateArray().Single(s => Text(s, "name") == "token");
        Assert.Equal((true, false, "text"), (token.GetProperty("secret").GetBoolean(), token.GetProperty("required").GetBoolean(), Text(token, "type")));
        Assert.False(types[0].GetProperty("canBeTried").GetBoolean());
    }

    internal static async Task<Answer> SendAsync(ApiServer server, HttpMethod method, string path, string? body, string ifMatch)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await server.Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string? Value(JsonElement json, string name) => Text(json.GetProperty("values"), name);
}
