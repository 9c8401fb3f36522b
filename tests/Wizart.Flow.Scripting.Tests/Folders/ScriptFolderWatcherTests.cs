using Microsoft.Extensions.Logging.Abstractions;

namespace Wizart.Flow.Scripting.Tests.Folders;

/// <summary>With the operating system's own signals; what is waited for has a limit, and nothing is waited out.</summary>
public sealed class ScriptFolderWatcherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Workbench _bench = new();
    private readonly ScriptFolder _folder;
    private readonly ScriptFolderWatcher _watcher;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<ScriptChange>? _changes;

    public ScriptFolderWatcherTests()
    {
        _folder = new ScriptFolder(_bench.Scripts, _bench.Importer);
        _watcher = new ScriptFolderWatcher(_folder, TimeProvider.System, NullLogger<ScriptFolderWatcher>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_changes is not null)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await _changes.MoveNextAsync()) continue;
            });
            await _changes.DisposeAsync();
        }

        _watcher.Dispose();
        _folder.Dispose();
        _bench.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_is_there_is_told_first_and_then_what_is_saved()
    {
        Write("a", "a");
        Assert.Equal("Added a.csx a", await Next());

        Write("b", "b");
        Assert.Equal("Added b.csx b", await Next());
        Write("a", "a2");
        Assert.Equal("Changed a.csx a2", await Next());
        File.Delete(_bench.At("b.csx"));
        Assert.Equal("Removed b.csx ", await Next());
    }

    [Fact]
    public async Task What_was_scanned_before_is_not_told_again()
    {
        Write("a", "a");
        await _folder.ScanAsync();
        Write("b", "b");

        Assert.Equal("Added b.csx b", await Next());
    }

    [Fact]
    public async Task An_editor_that_writes_beside_and_renames_makes_one_change()
    {
        Write("a", "a");
        await Next();

        _bench.Write(".a.csx.swp", "swap");
        _bench.Write("a.csx.tmp", Text("saved"));
        File.Move(_bench.At("a.csx.tmp"), _bench.At("a.csx"), overwrite: true);
        File.Delete(_bench.At(".a.csx.swp"));

        Assert.Equal("Changed a.csx saved", await Next());
        Write("z", "z");
        Assert.Equal("Added z.csx z", await Next());
    }

    [Fact]
    public async Task A_rename_is_a_removal_and_an_addition()
    {
        Write("a", "a");
        await Next();
        File.Move(_bench.At("a.csx"), _bench.At("b.csx"));

        Assert.Equal("Removed a.csx ", await Next());
        Assert.Equal("Added b.csx a", await Next());
    }

    [Fact]
    public async Task A_new_folder_with_scripts_in_it_is_seen()
    {
        Write("a", "a");
        await Next();
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("team/b.csx", Text("b"));
        Directory.Move(elsewhere["team"], _bench.At("team"));

        Assert.Equal("Added team/b.csx b", await Next());
        Write("team/b", "b2");
        Assert.Equal("Changed team/b.csx b2", await Next());
    }

    [Fact]
    public async Task A_changed_loaded_file_of_any_name_is_signalled()
    {
        _bench.Write("words.inc", "string Word() => \"one\";");
        _bench.Write("a.csx", "#load \"words.inc\"\nDag(Word()).Task(\"x\").Run(() => 1);");
        Assert.Equal("Added a.csx one", await Next());
        _bench.Write("words.inc", "string Word() => \"two\";");

        Assert.Equal("Changed a.csx two", await Next());
    }

    [Fact]
    public async Task An_emptied_file_is_told_without_another_save()
    {
        Write("a", "a");
        await Next();
        _bench.Write("a.csx", "");

        Assert.Equal("Changed a.csx ", await Next());
    }

    [Fact]
    public async Task A_half_written_file_that_is_completed_ends_up_whole()
    {
        Write("a", "a");
        await Next();
        var text = Text("complete");
        await using (var file = new FileStream(_bench.At("a.csx"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var character in text)
            {
                file.WriteByte((byte)character);
                file.Flush();
            }
        }

        string change;
        do change = await Next();
        while (change != "Changed a.csx complete");
    }

    [Fact]
    public async Task A_broken_save_is_told_and_so_is_its_recovery()
    {
        Write("a", "a");
        await Next();
        _bench.Write("a.csx", "Dag(\"a\"");
        Assert.Equal("Changed a.csx !", await Next());
        Write("a", "mended");
        Assert.Equal("Changed a.csx mended", await Next());
    }

    [Fact]
    public async Task A_folder_that_comes_later_or_is_replaced_is_found_by_a_sweep_and_signalled_from_then_on()
    {
        Directory.Delete(_bench.Scripts);
        var next = Next();
        await _watcher.SweepAsync();
        Directory.CreateDirectory(_bench.Scripts);
        Write("a", "a");
        await _watcher.SweepAsync();
        Assert.Equal("Added a.csx a", await next);
        Write("a", "a2");
        Assert.Equal("Changed a.csx a2", await Next());

        Directory.Move(_bench.Scripts, _bench.Scripts + ".old");
        Directory.CreateDirectory(_bench.Scripts);
        Write("a", "a3");
        await _watcher.SweepAsync();
        string change;
        do change = await Next();
        while (!change.EndsWith(" a3", StringComparison.Ordinal)); // a moment without the folder may have been seen
        Write("b", "b");
        Assert.Equal("Added b.csx b", await Next());
    }

    [Fact]
    public async Task A_sweep_returns_when_what_it_found_is_waiting()
    {
        Write("a", "aaa");
        await Next();
        var before = File.GetLastWriteTimeUtc(_bench.At("a.csx"));
        Write("a", "bbb");
        File.SetLastWriteTimeUtc(_bench.At("a.csx"), before);
        await _watcher.SweepAsync();

        Assert.Equal("Changed a.csx bbb", await Next());
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_told()
    {
        Write("first", "first");
        await Next();
        var expected = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            Write($"dag_{i}", $"dag_{i}");
            expected.Add($"Added dag_{i}.csx dag_{i}");
        }

        while (expected.Count > 0) expected.Remove(await Next());
    }

    private static string Text(string id) => $"Dag(\"{id}\").Task(\"x\").Run(() => 1);";

    private void Write(string name, string id) => _bench.Write(name + ".csx", Text(id));

    private async Task<string> Next()
    {
        _changes ??= _watcher.WatchAsync(_stop.Token).GetAsyncEnumerator();
        Assert.True(await _changes.MoveNextAsync().AsTask().WaitAsync(Patience));
        var (kind, file, import) = _changes.Current;
        var what = import is null ? "" : import.IsValid ? string.Join(',', import.Description.Dags.Select(d => d.Id)) : "!";
        return $"{kind} {Path.GetRelativePath(_bench.Scripts, file).Replace('\\', '/')} {what}";
    }
}
