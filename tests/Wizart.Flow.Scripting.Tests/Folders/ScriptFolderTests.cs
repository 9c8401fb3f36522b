using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Scripting.Tests.Folders;

public sealed class ScriptFolderTests : IDisposable
{
    private readonly Workbench _bench = new(new CountingEvaluator());
    private readonly ScriptFolder _folder;

    public ScriptFolderTests() => _folder = new ScriptFolder(_bench.Scripts, _bench.Importer);

    public void Dispose()
    {
        _folder.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task An_empty_folder_and_one_that_is_not_there_give_nothing()
    {
        Assert.Empty(await Scan());
        Directory.Delete(_bench.Scripts);
        Assert.Empty(await Scan());
    }

    [Fact]
    public async Task New_changed_and_removed_files_are_told_once_each()
    {
        Write("a");
        Write("sub/b");
        Assert.Equal(["Added a.csx", "Added sub/b.csx"], await Scan());
        Assert.Empty(await Scan());

        Write("a", "a2");
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Equal(["a2", "b"], _folder.Imports.SelectMany(i => i.Description.Dags).Select(d => d.Id));

        File.Delete(_bench.At("sub/b.csx"));
        Assert.Equal(["Removed sub/b.csx"], await Scan());
        Assert.Empty(await Scan());
    }

    [Fact]
    public async Task A_renamed_file_is_gone_before_it_is_new()
    {
        Write("z");
        await Scan();
        File.Move(_bench.At("z.csx"), _bench.At("a.csx"));

        Assert.Equal(["Removed z.csx", "Added a.csx"], await Scan());
        Assert.Equal(_bench.At("a.csx"), _folder.Imports.Single().Description.Dags[0].Location!.File);
    }

    [Fact]
    public async Task A_renamed_folder_renames_all_that_is_in_it()
    {
        Write("old/a");
        Write("old/deep/b");
        await Scan();
        Directory.Move(_bench.At("old"), _bench.At("new"));

        Assert.Equal(["Removed old/a.csx", "Removed old/deep/b.csx", "Added new/a.csx", "Added new/deep/b.csx"], await Scan());
    }

    [Fact]
    public async Task A_folder_that_is_replaced_is_compared_with_what_was_there()
    {
        Write("a");
        Write("b");
        await Scan();
        Directory.Move(_bench.Scripts, _bench.Scripts + ".old");
        Assert.Equal(["Removed a.csx", "Removed b.csx"], await Scan());

        Directory.CreateDirectory(_bench.Scripts);
        Write("a");
        Write("c");
        Assert.Equal(["Added a.csx", "Added c.csx"], await Scan());
    }

    [Fact]
    public async Task Hidden_files_and_build_output_are_left_out_and_a_folder_called_like_a_script_is_told()
    {
        foreach (var name in new[] { ".hidden", ".git/a", "bin/a", "obj/a", "sub/.x/a", "sub/bin/a" }) Write(name);
        _bench.Write("notes.txt", "no script");
        _bench.Write("backup.csx~", "no script");
        Directory.CreateDirectory(_bench.At("folder.csx"));
        Write("sub/real");

        Assert.Equal(["Added folder.csx", "Added sub/real.csx"], await Scan());
        Assert.Equal(FlowCodes.BadFile, Assert.Single(_folder.Imports[0].Description.Diagnostics).Code);
        Assert.Empty(await Scan());
    }

    [Fact]
    public async Task Links_that_lead_in_circles_end()
    {
        Write("sub/a");
        Directory.CreateSymbolicLink(_bench.At("sub/up"), _bench.Scripts);
        Directory.CreateSymbolicLink(_bench.At("sub/self"), _bench.At("sub/self"));
        File.CreateSymbolicLink(_bench.At("dangling.csx"), _bench.At("nowhere"));

        var changes = await Scan();

        Assert.Contains("Added sub/a.csx", changes);
        Assert.Contains("Added dangling.csx", changes);
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public async Task A_link_that_is_turned_to_another_file_is_a_change()
    {
        _bench.Write("versions/one.txt", Text("one"));
        _bench.Write("versions/two.txt", Text("second")); // of another length: both may be written within one tick of the clock
        File.CreateSymbolicLink(_bench.At("a.csx"), _bench.At("versions/one.txt"));
        await Scan();
        File.Delete(_bench.At("a.csx"));
        File.CreateSymbolicLink(_bench.At("a.csx"), _bench.At("versions/two.txt"));

        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Equal("second", _folder.Imports[0].Description.Dags[0].Id);
    }

    [Fact]
    public async Task A_changed_loaded_file_changes_those_that_load_it_and_no_others()
    {
        _bench.Write("shared/words.csx", "string Word() => \"one\";");
        _bench.Write("a.csx", "#load \"shared/words.csx\"\nDag(\"a_\" + Word()).Task(\"x\").Run(() => 1);");
        Write("b");
        Assert.Equal(["Added a.csx", "Added b.csx", "Added shared/words.csx"], await Scan());
        Assert.Empty(await Scan());

        _bench.Write("shared/words.csx", "string Word() => \"two\";");
        Assert.Equal(["Changed a.csx", "Changed shared/words.csx"], await Scan());
        Assert.Equal("a_two", _folder.Imports[0].Description.Dags[0].Id);
        Assert.Empty(await Scan());
    }

    [Fact]
    public async Task A_loaded_file_outside_of_the_folder_counts_and_so_does_one_that_comes_later()
    {
        using var elsewhere = new TemporaryFolder();
        _bench.Write("a.csx", $"#load \"{elsewhere["words.csx"]}\"\nDag(Word()).Task(\"x\").Run(() => 1);");
        await Scan();
        Assert.Contains(_folder.Imports[0].Description.Diagnostics, d => d.Code == FlowCodes.BadLoad);
        Assert.Empty(await Scan());

        elsewhere.Write("words.csx", "string Word() => \"found\";");
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Equal("found", _folder.Imports[0].Description.Dags[0].Id);
        File.Delete(elsewhere["words.csx"]);
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.False(_folder.Imports[0].IsValid);
    }

    [Fact]
    public async Task A_changed_library_changes_those_that_reference_it()
    {
        Library.Write(_bench.At("lib.dll"), "public static class Lib { public static string Name => \"one\"; }");
        _bench.Write("a.csx", "#r \"lib.dll\"\nDag(Lib.Name).Task(\"x\").Run(() => 1);");
        await Scan();
        Assert.Empty(await Scan());

        Library.Write(_bench.At("lib.dll"), "public static class Lib { public static string Name => \"other\"; }");
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Equal("other", _folder.Imports[0].Description.Dags[0].Id);
    }

    [Fact]
    public async Task A_file_for_others_to_load_need_not_declare_a_dag()
    {
        _bench.Write("shared.csx", "string Word() => \"w\";");
        await Scan();
        Assert.Equal(FlowCodes.NoDag, Assert.Single(_folder.Imports[0].Description.Diagnostics).Code);

        _bench.Write("a.csx", "#load \"shared.csx\"\nDag(Word()).Task(\"x\").Run(() => 1);");
        Assert.Equal(["Added a.csx", "Changed shared.csx"], await Scan());
        Assert.All(_folder.Imports, i => Assert.Empty(i.Description.Diagnostics));

        File.Delete(_bench.At("a.csx"));
        Assert.Equal(["Removed a.csx", "Changed shared.csx"], await Scan());
        Assert.Equal(FlowCodes.NoDag, Assert.Single(_folder.Imports[0].Description.Diagnostics).Code);
    }

    [Fact]
    public async Task A_new_time_is_no_change_and_a_change_without_one_is_found_by_a_thorough_look()
    {
        Write("a", "aaa");
        await Scan();
        var before = File.GetLastWriteTimeUtc(_bench.At("a.csx"));
        File.SetLastWriteTimeUtc(_bench.At("a.csx"), before.AddHours(1));
        Assert.Empty(await Scan());
        File.SetLastWriteTimeUtc(_bench.At("a.csx"), before);
        Assert.Empty(await Scan());

        Write("a", "bbb");
        File.SetLastWriteTimeUtc(_bench.At("a.csx"), before);
        Assert.Empty(await Scan());
        Assert.Equal(["Changed a.csx"], await Scan(thorough: true));
        Assert.Empty(await Scan(thorough: true));
    }

    [Fact]
    public async Task A_broken_file_is_a_change_and_so_is_its_recovery_and_the_others_go_on()
    {
        Write("a");
        Write("b");
        await Scan();

        _bench.Write("a.csx", Text("a")[..10]);
        Write("b", "b2");
        Assert.Equal(["Changed a.csx", "Changed b.csx"], await Scan());
        Assert.Equal([false, true], _folder.Imports.Select(i => i.IsValid));

        Write("a");
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.True(_folder.Imports[0].IsValid);
    }

    [Fact]
    public async Task An_emptied_file_is_believed_at_the_second_look_because_editors_empty_what_they_save()
    {
        Write("a");
        await Scan();
        _bench.Write("a.csx", "");
        Assert.Empty(await Scan());
        Assert.True(_folder.IsUnsettled);
        Write("a", "a2");
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.False(_folder.IsUnsettled);

        _bench.Write("a.csx", "");
        Assert.Empty(await Scan());
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Empty(_folder.Imports[0].Description.Dags);
        Assert.True(_folder.Imports[0].IsValid);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_imported_is_told_again_by_the_next_scan()
    {
        var evaluator = (CountingEvaluator)_bench.Evaluator;
        Write("a", "first");
        evaluator.Before = () =>
        {
            evaluator.Before = null;
            Write("a", "second");
        };
        Assert.Equal(["Added a.csx"], await Scan());
        Assert.Equal(["Changed a.csx"], await Scan());
        Assert.Equal("second", _folder.Imports[0].Description.Dags[0].Id);
    }

    [Fact]
    public async Task A_scan_that_is_given_up_leaves_its_changes_to_the_next()
    {
        using var cancel = new CancellationTokenSource();
        var evaluator = (CountingEvaluator)_bench.Evaluator;
        Write("a");
        Write("b");
        evaluator.Before = cancel.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.ScanAsync(cancellation: cancel.Token));
        evaluator.Before = null;

        Assert.Equal(["Added a.csx", "Added b.csx"], await Scan());
    }

    [Fact]
    public async Task A_thousand_files_are_imported_once_and_then_cost_next_to_nothing()
    {
        var evaluator = (CountingEvaluator)_bench.Evaluator;
        evaluator.Instead = file => new ScriptDescription([new DagModel { Id = Path.GetFileNameWithoutExtension(file) }], []);
        for (var i = 0; i < 1_000; i++) Write($"many/{i / 100}/dag_{i}");
        Assert.Equal(1_000, (await Scan()).Count);
        Assert.All(_folder.Imports, i => Assert.True(i.IsValid));
        Assert.Equal(1_000, evaluator.Calls);

        using var restarted = new ScriptFolder(_bench.Scripts, _bench.Importer);
        Assert.Equal(1_000, (await restarted.ScanAsync()).Count);
        Assert.Equal(1_000, evaluator.Calls);

        Write("many/5/dag_555", "changed");
        Assert.Equal(["Changed many/5/dag_555.csx"], await Scan());
        Assert.Empty(await Scan(thorough: true));
    }

    private static string Text(string id) => $"Dag(\"{id}\").Task(\"x\").Run(() => 1);";

    private void Write(string name, string? id = null) => _bench.Write(name + ".csx", Text(id ?? Path.GetFileName(name)));

    private async Task<IReadOnlyList<string>> Scan(bool thorough = false) =>
        [.. (await _folder.ScanAsync(thorough)).Select(c => $"{c.Kind} {Path.GetRelativePath(_bench.Scripts, c.File).Replace('\\', '/')}")];

    private sealed class CountingEvaluator : IScriptEvaluator
    {
        private readonly InProcessEvaluator _inner = new();
        private int _calls;

        public int Calls => _calls;

        public Action? Before { get; set; }

        public Func<string, ScriptDescription>? Instead { get; set; }

        public Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _calls);
            Before?.Invoke();
            cancellation.ThrowIfCancellationRequested();
            return Instead is { } instead ? Task.FromResult(instead(file)) : _inner.DescribeAsync(image, file, cancellation);
        }
    }
}
