using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_dag_comes_back_as_it_was_published()
    {
        var published = await PublishAsync("etl");
        var loaded = Assert.Single(await Store.LoadDagsAsync(Cancellation));
        Assert.Equal(published with { Version = loaded.Version }, loaded);
        Assert.Equivalent(published.Version, loaded.Version, strict: true);
        Assert.Equivalent(published.Version, await Store.LoadVersionAsync(published.Version.Id, Cancellation), strict: true);
        Assert.Null(await Store.LoadVersionAsync(4711, Cancellation));
    }

    [Fact]
    public async Task Versions_are_numbered_per_dag()
    {
        var first = await PublishAsync("etl");
        await PublishAsync("other");
        var second = await PublishAsync("etl", tasks: 5);

        Assert.Equal((1, 2), (first.Version.Number, second.Version.Number));
        Assert.Equal(2, (await Queries.VersionAsync("etl", null, Cancellation))!.Number);
        var old = await Queries.VersionAsync("etl", 1, Cancellation);
        Assert.Equal((first.Version.Id, 3), (old!.Id, old.Model.Tasks.Count));
        Assert.Null(await Queries.VersionAsync("etl", 3, Cancellation));
        Assert.Null(await Queries.VersionAsync("nobody", null, Cancellation));
        Assert.Equal(["etl", "other"], (await Store.LoadDagsAsync(Cancellation)).Select(dag => dag.Id));
    }

    [Fact]
    public async Task A_version_moves_to_a_new_image()
    {
        var dag = await PublishAsync("etl");
        await DoAsync(t => t.UpdateVersionImageAsync(dag.Version with { ImageHash = "new", ImageDirectory = "cache/new", Source = "// moved" }));

        var version = (await Store.LoadDagsAsync(Cancellation)).Single().Version;

        Assert.Equal(("new", "cache/new", "// moved", 1), (version.ImageHash, version.ImageDirectory, version.Source, version.Number));
    }

    [Fact]
    public async Task Dags_are_in_the_order_of_their_ids_and_inactive_ones_left_out_unless_asked_for()
    {
        foreach (var id in new[] { "b", "a_b", "B", "ab", "я" }) await PublishAsync(id, active: id != "B");

        Assert.Equal(["a_b", "ab", "b", "я"], (await Queries.DagsAsync(false, Cancellation)).Select(dag => dag.Dag.Id));
        Assert.Equal(["B", "a_b", "ab", "b", "я"], (await Queries.DagsAsync(true, Cancellation)).Select(dag => dag.Dag.Id));
    }

    [Fact]
    public async Task A_summary_has_the_newest_run_the_counts_and_the_errors()
    {
        var etl = await PublishAsync("etl");
        await PublishAsync("idle");
        await EndedAsync(etl, Sample.Noon);
        await EndedAsync(etl, Sample.Noon);
        await RunningAsync(etl, day: 9);
        var newest = await InsertAsync(Sample.Run(etl));
        Diagnostic[] broken = [new("CS1002", "; erwartet", new SourceLocation("etl.csx", 3, 4)), new("FLOW001", "ä", null, DiagnosticSeverity.Warning)];
        await DoAsync(t => t.SaveImportErrorsAsync(new ImportError("etl.csx", broken, Sample.Noon, "the script"), "etl.csx"));

        var summaries = await Queries.DagsAsync(false, Cancellation);

        Assert.Equal(newest.Id, summaries[0].LastRun!.Id);
        Assert.Equal(
            [(Engine.Runs.RunState.Queued, 1), (Engine.Runs.RunState.Running, 1), (Engine.Runs.RunState.Success, 2)],
            summaries[0].RunCounts.OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        Assert.Equal(broken, summaries[0].Errors);
        Assert.Equal((null, 0, 0), (summaries[1].LastRun, summaries[1].RunCounts.Count, summaries[1].Errors.Count));
    }

    [Fact]
    public async Task Import_errors_are_replaced_and_cleared()
    {
        Diagnostic[] one = [new("CS1002", "one", null)];
        Diagnostic[] two = [new("CS1003", "two", null)];
        await DoAsync(t => t.SaveImportErrorsAsync(new ImportError("b.csx", one, Sample.Noon), "b.csx"));
        await DoAsync(t => t.SaveImportErrorsAsync(new ImportError("a.csx", one, Sample.Noon), "a.csx"));
        await DoAsync(t => t.SaveImportErrorsAsync(new ImportError("b.csx", two, Sample.Noon.AddDays(1), "now"), "b.csx"));

        var errors = await Queries.ImportErrorsAsync(Cancellation);
        Assert.Equal(["a.csx", "b.csx"], errors.Select(error => error.File));
        Assert.Equal(two, errors[1].Diagnostics);
        Assert.Equal((Sample.Noon.AddDays(1), "now"), (errors[1].At, errors[1].Source));

        await DoAsync(t => t.SaveImportErrorsAsync(null, "b.csx"));
        await DoAsync(t => t.SaveImportErrorsAsync(null, "never.csx"));
        Assert.Equal("a.csx", Assert.Single(await Queries.ImportErrorsAsync(Cancellation)).File);
    }

    [Fact]
    public async Task Variables_are_stored_replaced_and_removed()
    {
        await DoAsync(t => t.SaveVariableAsync("limit", "1"));
        await DoAsync(t => t.SaveVariableAsync("limit", """{"ж":[2]}"""));
        await DoAsync(t => t.SaveVariableAsync("other", "null"));

        var values = await Store.LoadVariablesAsync(["limit", "missing", "limit"], Cancellation);
        Assert.Equal(JsonPayload.Parse("""{"ж":[2]}"""), Assert.Single(values).Value);

        await DoAsync(t => t.SaveVariableAsync("limit", null));
        Assert.Empty(await Store.LoadVariablesAsync(["limit"], Cancellation));
        Assert.Empty(await Store.LoadVariablesAsync([], Cancellation));
    }
}
