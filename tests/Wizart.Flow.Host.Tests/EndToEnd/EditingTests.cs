using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Scripts are edited, broken, mended and deleted while the daemon runs.</summary>
public sealed class EditingTests
{
    private static string Giving(int value) => $$"""
        var dag = Dag("work");
        dag.Task("give").Run(() => {{value}});
        """;

    [Fact]
    public async Task An_edit_takes_effect_a_broken_one_keeps_the_old_version_and_mending_recovers()
    {
        using var home = new DaemonHome();
        await using var daemon = await DaemonProcess.StartAsync(home); // with an empty folder
        Assert.Empty(await daemon.Api.DagsAsync());

        home.Write("work.csx", Giving(1));
        await daemon.Api.DagAsync("work", d => d.Version == 1);
        Assert.Equal(1, await OutputAsync(daemon));

        home.Write("work.csx", Giving(2));
        await daemon.Api.DagAsync("work", d => d.Version == 2);
        Assert.Equal(2, await OutputAsync(daemon));

        home.Write("work.csx", Giving(3).Replace("Run", "Rum", StringComparison.Ordinal));
        var error = await daemon.Api.ErrorAsync("work.csx", "CS1061");
        Assert.Equal(2, error.Line);
        Assert.Contains("Rum", error.Message, StringComparison.Ordinal);
        var broken = await daemon.Api.DagAsync("work");
        Assert.Equal(2, broken.Version);
        Assert.Equal("CS1061", Assert.Single(broken.Errors).Code);
        Assert.Equal(2, await OutputAsync(daemon));

        home.Write("work.csx", Giving(3));
        await daemon.Api.DagAsync("work", d => d.Version == 3 && d.Errors.Count == 0);
        Assert.Empty(await daemon.Api.ErrorsAsync());
        Assert.Equal(3, await OutputAsync(daemon));

        // The next edit after it shows that this one was looked at.
        home.Write("work.csx", "// what it is for\n\n" + Giving(3));
        home.Write("other.csx", """Dag("other").Task("a").Run(() => 1);""");
        await daemon.Api.DagAsync("other");
        await Eventually.HoldsAsync(() => Task.FromResult(Count(daemon.Output, "work.csx: work") == 4), () => $"the comment is seen.\n{daemon.Output}");
        Assert.Equal(3, (await daemon.Api.DagAsync("work")).Version);

        home.Delete("work.csx");
        await Eventually.HoldsAsync(async () => await daemon.Api.FindDagAsync("work") is null, () => "the DAG is gone");
        Assert.False((await daemon.Api.DagsAsync(inactive: true)).Single(d => d.Id == "work").Active);
        Assert.Equal(4, (await daemon.Api.RunsAsync("work")).Length);
        using var refused = await daemon.Api.TryTriggerAsync("work");
        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task A_run_in_progress_stays_on_the_version_it_began_with()
    {
        using var home = new DaemonHome();
        var go = Path.Combine(home.Root, "go");
        home.Write("work.csx", Waiting(go, 1));
        await using var daemon = await DaemonProcess.StartAsync(home);
        var old = await daemon.Api.TriggerAsync("work");
        await Eventually.HoldsAsync(
            async () => (await daemon.Api.TaskAsync(old.Id, "wait")).State == TaskState.Running, () => $"it runs.\n{daemon.Output}");

        home.Write("work.csx", Waiting(go, 2));
        await daemon.Api.DagAsync("work", d => d.Version == 2);
        var @new = await daemon.Api.TriggerAsync("work");
        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);

        Assert.Equal((RunState.Success, 1), await EndAsync(daemon, old.Id));
        Assert.Equal((RunState.Success, 2), await EndAsync(daemon, @new.Id));
        // "give" began after the edit, on the old version.
        Assert.Equal(1, await daemon.Api.OutputAsync<int>(old.Id, "give"));
        Assert.Equal(2, await daemon.Api.OutputAsync<int>(@new.Id, "give"));
    }

    [Fact]
    public async Task Of_two_files_with_one_dag_the_first_stays_in_force_until_it_is_deleted()
    {
        using var home = new DaemonHome();
        home.Write("first.csx", Giving(1));
        await using var daemon = await DaemonProcess.StartAsync(home);
        home.Write("another.csx", Giving(2)); // earlier by name, later in time
        var error = await daemon.Api.ErrorAsync("another.csx", FlowCodes.DuplicateDag);
        Assert.Contains("first.csx", error.Message, StringComparison.Ordinal);
        Assert.Contains("another.csx", error.Message, StringComparison.Ordinal);
        Assert.Equal("first.csx", (await daemon.Api.DagAsync("work")).File);
        Assert.Equal(1, await OutputAsync(daemon));

        home.Delete("first.csx");
        await daemon.Api.DagAsync("work", d => d.File == "another.csx");
        Assert.Empty(await daemon.Api.ErrorsAsync());
        Assert.Equal(2, await OutputAsync(daemon));
    }

    private static string Waiting(string go, int value) => $$"""
        var dag = Dag("work");
        var waited = dag.Task("wait").Run(() =>
        {
            while (!System.IO.File.Exists("{{go}}")) System.Threading.Thread.Sleep(10);
        });
        dag.Task("give").After(waited).Run(() => {{value}});
        """;

    private static async Task<int> OutputAsync(DaemonProcess daemon) =>
        await daemon.Api.OutputAsync<int>((await daemon.Api.RunToEndAsync("work")).Id, "give");

    private static async Task<(RunState, int)> EndAsync(DaemonProcess daemon, long run)
    {
        var ended = await daemon.Api.EndAsync(run);
        return (ended.State, ended.Version);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
