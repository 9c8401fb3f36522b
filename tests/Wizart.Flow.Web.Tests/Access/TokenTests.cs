using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_is_shown_once_opens_the_api_as_its_role_and_is_revoked()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var made = await server.Post("tokens", """{"name": "ci", "role": "operator", "expiresAt": "2099-01-01"}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var secret = made.Json.GetProperty("secret").GetString()!;
        Assert.StartsWith("flow_", secret, StringComparison.Ordinal);
        using var ci = server.Program(secret);
        Assert.Equal(HttpStatusCode.OK, (await ci.PostAsync("dags/x/pause", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ci.GetAsync("audit")).StatusCode);
        var who = Models.Json(await ci.GetStringAsync("session"));
        Assert.Equal(("local/ci", false), (who.GetProperty("name").GetString(), who.GetProperty("signedIn").GetBoolean()));

        var listed = await server.Get("tokens");
        Assert.DoesNotContain(secret, listed.Text, StringComparison.Ordinal);
        var token = listed.Json.EnumerateArray().Single();
        Assert.Equal(("ci", "local", "operator"), (token.GetProperty("name").GetString(), token.GetProperty("owner").GetString(), token.GetProperty("role").GetString()));
        var id = token.GetProperty("id").GetInt64();
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send(HttpMethod.Delete, $"tokens/{id}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ci.GetAsync("dags")).StatusCode);
        (await server.Send(HttpMethod.Delete, $"tokens/{id}")).Problem(HttpStatusCode.Conflict, "conflict");
        (await server.Send(HttpMethod.Delete, "tokens/4711")).Problem(HttpStatusCode.NotFound, "not_found");
        (await server.Send(HttpMethod.Delete, "tokens/x")).Problem(HttpStatusCode.NotFound, "not_found");
        Assert.Equal(
            ["revoke token local/ci", "pause x", "create token local/ci"],
            (await server.Get("audit")).Json.EnumerateArray().Select(e => $"{e.GetProperty("action")} {e.GetProperty("target")}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"role": "viewer"}""")]
    [InlineData("""{"name": "a b"}""")]
    [InlineData("""{"name": "ci", "role": "god"}""")]
    [InlineData("""{"name": "ci", "role": 7}""")]
    [InlineData("""{"name": "ci", "expiresAt": "2001-01-01"}""")]
    [InlineData("""{"name": "ci", "expiresAt": "tomorrow"}""")]
    [InlineData("""{"name": "ci", "owner": "ada"}""")]
    public async Task A_token_that_makes_no_sense_is_refused(string body)
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Post("tokens", body)).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Nobody_makes_a_token_that_may_more_or_lasts_longer()
    {
        await using var server = await ApiServer.StartAsync();
        var issued = await server.Access().IssueTokenAsync("short", StoredToken.Local, Role.Operator, DateTimeOffset.UtcNow.AddDays(1), "test");
        using var program = server.Program(issued.Secret);
        Assert.Equal(HttpStatusCode.Forbidden, await Make("""{"name": "a", "role": "author", "expiresAt": "2026-11-23T00:00:00Z"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await Make("""{"name": "a", "role": "operator"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await Make($$"""{"name": "a", "role": "operator", "expiresAt": "{{DateTimeOffset.UtcNow.AddDays(2):O}}"}"""));
        Assert.Equal(HttpStatusCode.Created, await Make($$"""{"name": "a", "role": "operator", "expiresAt": "{{DateTimeOffset.UtcNow.AddHours(2):O}}"}"""));

        async Task<HttpStatusCode> Make(string body) => (await program.PostAsync("tokens", new StringContent(body))).StatusCode;
    }

    [Fact]
    public async Task A_token_is_never_more_than_its_owner_and_opens_nothing_without()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("root", Role.Admin);
        await server.AddUser("ada", Role.Author);
        var secret = (await server.Access().IssueTokenAsync("ci", "ada", Role.Author, null, "ada")).Secret;
        using var ci = server.Program(secret);
        Assert.Equal(HttpStatusCode.OK, (await ci.GetAsync("audit")).StatusCode);
        await server.Access().SetRoleAsync("ada", Role.Viewer, "root");
        Assert.Equal(HttpStatusCode.Forbidden, (await ci.GetAsync("audit")).StatusCode);
        await server.Access().DisableAsync("ada", disabled: true, "root");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ci.GetAsync("dags")).StatusCode);
        await server.Access().DisableAsync("ada", disabled: false, "root");
        Assert.Equal(HttpStatusCode.OK, (await ci.GetAsync("dags")).StatusCode);
        await server.Access().RemoveAsync("ada", "root");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ci.GetAsync("dags")).StatusCode);
    }

    [Fact]
    public async Task A_token_expires_and_its_use_is_noted_once_a_minute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await ApiServer.StartWithAsync(time: time);
        var issued = await server.Access().IssueTokenAsync("ci", StoredToken.Local, Role.Viewer, time.GetUtcNow().AddMinutes(5), "test");
        using var ci = server.Program(issued.Secret);
        var first = time.GetUtcNow();
        await ci.GetAsync("dags");
        time.Advance(TimeSpan.FromSeconds(59));
        await ci.GetAsync("dags");
        Assert.Equal(first, await Used());
        time.Advance(TimeSpan.FromSeconds(1));
        await ci.GetAsync("dags");
        Assert.Equal(first.AddMinutes(1), await Used());
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ci.GetAsync("dags")).StatusCode);

        async Task<DateTimeOffset?> Used() => (await server.Services.GetRequiredService<IAccessReads>().TokensAsync(null, default)).Single().UsedAt;
    }

    [Fact]
    public async Task People_see_and_revoke_their_own_and_admins_all()
    {
        await using var server = await ApiServer.StartAsync();
        using var ada = await server.SignedIn("ada", Role.Operator);
        using var root = await server.SignedIn("root", Role.Admin);
        var mine = await server.Access().IssueTokenAsync("mine", "ada", Role.Viewer, null, "ada");
        var other = await server.Access().IssueTokenAsync("other", "root", Role.Viewer, null, "root");
        Assert.Equal(["mine"], Names((await ada.Get("api/v1/tokens")).Text));
        Assert.Equal(["other", "mine"], Names((await root.Get("api/v1/tokens")).Text));
        Assert.DoesNotContain("tokens/" + other.Token.Id, (await ada.Get("tokens")).Text, StringComparison.Ordinal);

        var page = await ada.Get("tokens");
        var form = page with { Text = page.Text.Replace($"tokens/{mine.Token.Id}/revoke", $"tokens/{other.Token.Id}/revoke", StringComparison.Ordinal) };
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Send(form, $"tokens/{other.Token.Id}/revoke")).Status);
        Assert.Equal("/tokens", (await ada.Send(page, $"tokens/{mine.Token.Id}/revoke")).Location);
        Assert.Equal("/tokens", (await root.Fill("tokens", $"tokens/{other.Token.Id}/revoke")).Location);

        static IEnumerable<string?> Names(string json) => Models.Json(json).EnumerateArray().Select(t => t.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_page_makes_a_token_and_shows_it_once()
    {
        await using var server = await ApiServer.StartAsync();
        using var ada = await server.SignedIn("ada", Role.Operator);
        var made = await ada.Fill("tokens", "tokens", ("name", "ci"), ("role", "operator"), ("days", "30"));
        var secret = System.Text.RegularExpressions.Regex.Match(made.Text, "flow_[A-Za-z0-9_-]{43}").Value;
        Assert.Equal("no-store", made.Header("Cache-Control"));
        using var ci = server.Program(secret);
        Assert.Equal("ada/ci", Models.Json(await ci.GetStringAsync("session")).GetProperty("name").GetString());
        Assert.DoesNotContain(secret, (await ada.Get("tokens")).Text, StringComparison.Ordinal);
        var more = await ada.Fill("tokens", "tokens", ("name", "more"), ("role", "admin"), ("days", ""));
        Assert.Equal(HttpStatusCode.Forbidden, more.Status);
        var again = await ada.Fill("tokens", "tokens", ("name", "ci"), ("role", "viewer"), ("days", "7"));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("has a token &#x27;ci&#x27; already", again.Text, StringComparison.Ordinal);
    }
}
