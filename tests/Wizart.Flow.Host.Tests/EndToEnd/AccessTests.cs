using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>The way in, with the real daemon.</summary>
public sealed partial class AccessTests : IDisposable
{
    private readonly DaemonHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_link_in_the_log_makes_the_admin_whose_changed_password_ends_other_sessions_also_over_a_restart()
    {
        await using var daemon = await DaemonProcess.StartAsync(_home);
        var link = new Uri(await LinkAsync(daemon));
        var url = link.GetLeftPart(UriPartial.Authority);
        using var here = new Browser(url);
        var path = link.AbsolutePath[1..];
        var done = await here.Fill(path, path, ("name", "root"), ("password", People.Password), ("again", People.Password));
        Assert.Equal((HttpStatusCode.Redirect, "/"), (done.Status, done.Location));
        Assert.Equal(HttpStatusCode.OK, (await here.Get("account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await here.Get(path)).Status);

        using var there = new Browser(url);
        Assert.Equal(HttpStatusCode.Redirect, (await there.SignIn("root", People.Password)).Status);
        var changed = await there.Fill("account", "account/password", ("old", People.Password), ("password", "a better battery"), ("again", "a better battery"));
        Assert.Equal("/account?changed=true", changed.Location);
        Assert.Equal(HttpStatusCode.Redirect, (await here.Get("account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("account")).Status);

        // Keys and sessions are kept: a restart signs nobody out, and prints no link any more.
        Assert.Equal(0, await daemon.StopAsync());
        await using var next = await DaemonProcess.StartAsync(_home, new Dictionary<string, string?> { ["FLOW__URL"] = url });
        Assert.Equal(HttpStatusCode.OK, (await there.Get("account")).Status);
        Assert.DoesNotContain("sign-in/once", next.Output, StringComparison.Ordinal);
        var keys = new DirectoryInfo(Path.Combine(_home.State, "keys"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, keys.UnixFileMode);
    }

    [Fact]
    public async Task Health_tells_the_parts_and_metrics_the_figures()
    {
        await using var daemon = await DaemonProcess.StartAsync(_home);
        using var nobody = new Browser(new Uri(await LinkAsync(daemon)).GetLeftPart(UriPartial.Authority));
        await Eventually.HoldsAsync(
            async () => Parts(await nobody.Get("health")) is { } parts && parts["scheduler"].GetProperty("beat").ValueKind == JsonValueKind.String,
            () => "the scheduler's pulse is seen");
        var parts = Parts(await nobody.Get("health"))!;
        Assert.Equal(["database", "scheduler", "watcher", "workers"], parts.Keys.Order());
        Assert.All(parts.Values, part => Assert.Equal("ok", part.GetProperty("status").GetString()));
        Assert.Contains("flow_workers{state=\"idle\"}", (await nobody.Get("metrics")).Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonElement>? Parts(Seen seen) =>
        Models.Json(seen.Text).GetProperty("parts").EnumerateArray().ToDictionary(part => part.GetProperty("name").GetString()!);

    private static async Task<string> LinkAsync(DaemonProcess daemon) =>
        await Eventually.GetAsync(() => Task.FromResult(Link().Match(daemon.Output) is { Success: true } link ? link.Value : null), () => "the daemon prints a link");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/sign-in/once/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
