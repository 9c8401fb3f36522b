using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

public sealed class AccessVerbTests
{
    [Fact]
    public async Task Users_are_added_listed_changed_and_removed()
    {
        using var bench = new Bench { Input = "correct horse battery\n" };
        await using var server = await ApiServer.StartAsync();
        Assert.Contains("flow user add", (await bench.FlowOf(server, "user", "list")).Error, StringComparison.Ordinal);
        Assert.Equal("ada is admin.", (await bench.FlowOf(server, "user", "add", "ada", "--role", "admin")).Out.Trim());
        using var browser = await server.SignInAgain("ada");
        bench.Input = "another long password\n";
        Assert.Equal("ada has another password; all sessions of ada are over.", (await bench.FlowOf(server, "user", "password", "ada")).Out.Trim());
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await browser.Get("api/v1/session")).Status);
        Assert.Contains("/sign-in/once/", (await bench.FlowOf(server, "user", "add", "bob", "--link")).Out, StringComparison.Ordinal);
        Assert.Contains("/sign-in/once/", (await bench.FlowOf(server, "user", "link", "bob")).Out, StringComparison.Ordinal);
        Assert.Equal("bob is author now.", (await bench.FlowOf(server, "user", "role", "bob", "author")).Out.Trim());
        Assert.Equal("bob can't sign in any more.", (await bench.FlowOf(server, "user", "disable", "bob")).Out.Trim());
        var list = await bench.FlowOf(server, "user", "list");
        Assert.Matches(@"bob\s+author\s+never\s+disabled", list.Out);
        Assert.Equal("bob can sign in again.", (await bench.FlowOf(server, "user", "enable", "bob")).Out.Trim());
        Assert.Equal("bob is removed.", (await bench.FlowOf(server, "user", "remove", "bob")).Out.Trim());
        var json = (await bench.FlowOf(server, "user", "list", "-o", "json")).Json;
        Assert.Equal(("ada", "admin"), (json[0].GetProperty("name").GetString(), json[0].GetProperty("role").GetString()));

        var last = await bench.FlowOf(server, "user", "remove", "ada");
        Assert.Equal(ExitCodes.Failed, last.Code);
        Assert.Contains("the last admin", last.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "user", "role", "ada", "king")).Code);
        Assert.Equal(ExitCodes.Failed, (await bench.FlowOf(server, "user", "role", "eve", "admin")).Code);
    }

    [Fact]
    public async Task A_password_is_typed_twice_or_sent_and_never_shown()
    {
        using var bench = new Bench { Typed = new Queue<string>(["correct horse battery", "correct horse battery"]) };
        await using var server = await ApiServer.StartAsync();
        var added = await bench.FlowOf(server, "user", "add", "ada");
        Assert.Equal(ExitCodes.Fine, added.Code);
        Assert.DoesNotContain("correct", added.ToString(), StringComparison.Ordinal);
        bench.Typed = new Queue<string>(["correct horse battery", "another one entirely"]);
        var differ = await bench.FlowOf(server, "user", "add", "bob");
        Assert.Equal(ExitCodes.Usage, differ.Code);
        Assert.Contains("differ", differ.Error, StringComparison.Ordinal);
        bench.Typed = null;
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "user", "add", "bob")).Code);
        bench.Input = "short\n";
        Assert.Contains("too short", (await bench.FlowOf(server, "user", "add", "bob")).Error, StringComparison.Ordinal);
        Assert.Single(await server.Services.GetUsers());
    }

    [Fact]
    public async Task Tokens_are_made_listed_and_revoked()
    {
        using var bench = new Bench();
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        var made = await bench.FlowOf(server, "token", "create", "ci", "--role", "operator", "--expires", "30d");
        Assert.Equal(ExitCodes.Fine, made.Code);
        var secret = made.Out.Trim();
        Assert.StartsWith("flow_", secret, StringComparison.Ordinal);
        var url = server.Url;
        Assert.Equal(ExitCodes.Fine, (await bench.Flow("pause", "x", "--url", url, "--token", secret)).Code);
        var forbidden = await bench.Flow("user", "list", "--url", url, "--token", secret);
        Assert.Equal(ExitCodes.Failed, forbidden.Code);
        Assert.Contains("'local/ci' is operator, and this needs admin", forbidden.Error, StringComparison.Ordinal);
        Assert.Matches(@"1\s+local/ci\s+operator\s+20", (await bench.FlowOf(server, "token", "list")).Out);
        Assert.Equal("Token 1 opens nothing any more.", (await bench.FlowOf(server, "token", "revoke", "1")).Out.Trim());
        Assert.Contains("not known", (await bench.Flow("dags", "--url", url, "--token", secret)).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await bench.FlowOf(server, "token", "create", "x", "--expires", "soon")).Code);
        Assert.Equal(ExitCodes.Fine, (await bench.FlowOf(server, "token", "create", "x", "--expires", "never", "-o", "json")).Code);
    }
}
