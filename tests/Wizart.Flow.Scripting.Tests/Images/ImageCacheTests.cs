using Microsoft.Extensions.Time.Testing;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Images;

public sealed class ImageCacheTests : IDisposable
{
    private const string Script = "Dag(\"a\").Task(\"x\").Run(() => 1);";
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_unchanged_file_is_neither_compiled_nor_evaluated_again_even_by_another_process()
    {
        var first = await _bench.Import(Script);
        using var other = Another();

        var second = await other.Importer.ImportAsync(first.File);

        Assert.Equal(first.Image, second.Image);
        Assert.Equal(first.CodeHash, second.CodeHash);
        Assert.Equal("a", Assert.Single(second.Description.Dags).Id);
        Assert.Equal(0, ((InProcessEvaluator)other.Evaluator).Calls);
    }

    [Fact]
    public async Task Warnings_and_loaded_files_of_an_unchanged_script_are_remembered()
    {
        _bench.Write("shared.csx", "int Two() => 2;");
        const string script = "#load \"shared.csx\"\nvar dag = Dag(\"a\"); dag.Task(\"x\").Run(async () => { Task.Delay(1); await Task.Yield(); });";
        var first = await _bench.Import(script);
        using var other = Another();

        var second = await other.Importer.ImportAsync(first.File);

        Assert.Equal("CS4014", Assert.Single(second.Description.Diagnostics).Code);
        Assert.Equal(first.Description.Diagnostics, second.Description.Diagnostics);
        Assert.Equal(first.LoadedFiles, second.LoadedFiles);
        Assert.Equal(0, ((InProcessEvaluator)other.Evaluator).Calls);
    }

    [Fact]
    public async Task A_change_of_the_script_or_of_what_it_loads_or_references_makes_another_image()
    {
        _bench.Write("shared.csx", "int Two() => 2;");
        Library.Write(_bench.At("lib.dll"), "public class Lib { }");
        const string script = "#load \"shared.csx\"\n#r \"lib.dll\"\n" + Script;
        var hashes = new HashSet<string?> { (await _bench.Import(script)).ImageHash };

        Assert.True(hashes.Add((await _bench.Import(script + " ")).ImageHash));
        _bench.Write("shared.csx", "int Two() => 3;");
        Assert.True(hashes.Add((await _bench.Import(script + " ")).ImageHash));
        Library.Write(_bench.At("lib.dll"), "public class Lib { int x; }");
        Assert.True(hashes.Add((await _bench.Import(script + " ")).ImageHash));
        Assert.True(hashes.Add((await _bench.Import(script + " ", "elsewhere.csx")).ImageHash));
        Assert.False(hashes.Add((await _bench.Import(script + " ")).ImageHash));
    }

    [Fact]
    public async Task A_change_that_was_taken_back_finds_the_earlier_image()
    {
        var first = await _bench.Import(Script);
        await _bench.Import(Script + "// changed");
        var calls = ((InProcessEvaluator)_bench.Evaluator).Calls;

        Assert.Equal(first.Image, (await _bench.Import(Script)).Image);
        Assert.Equal(calls, ((InProcessEvaluator)_bench.Evaluator).Calls);
    }

    [Fact]
    public async Task Another_set_of_references_makes_another_image()
    {
        var first = await _bench.Import(Script);
        using var folder = new TemporaryFolder();
        using var other = new Workbench(
            references: new ScriptReferences([Library.Write(folder["Wizart.Flow.Providers.New.dll"], "")]), cache: _bench.Images.Root);

        Assert.NotEqual(first.ImageHash, (await other.Importer.ImportAsync(first.File)).ImageHash);
    }

    [Theory]
    [InlineData("script.dll")]
    [InlineData("script.pdb")]
    [InlineData("references.json")]
    [InlineData("sources.json")]
    [InlineData("description.json")]
    public async Task A_damaged_image_is_made_anew(string damaged)
    {
        var first = await _bench.Import(Script);
        var path = Path.Combine(first.Image!.Directory, damaged);
        var whole = await File.ReadAllBytesAsync(path);

        foreach (var content in new byte[][] { [], [1, 2, 3], whole[..(whole.Length / 2)] })
        {
            await File.WriteAllBytesAsync(path, content);
            var again = await _bench.Importer.ImportAsync(first.File);

            Assert.Equal(first.Image, again.Image);
            Assert.True(again.IsValid);
            Assert.Equal("a", Assert.Single(again.Description.Dags).Id);
            Assert.Equal(whole, await File.ReadAllBytesAsync(path));
        }

        File.Delete(path);
        Assert.True((await _bench.Importer.ImportAsync(first.File)).IsValid);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Many_who_make_the_same_image_at_once_get_the_same_whole_one()
    {
        var path = _bench.Write("same.csx", Script);
        var benches = Enumerable.Range(0, 8).Select(_ => Another()).ToList();

        var imports = await Task.WhenAll(benches.Select(b => Task.Run(() => b.Importer.ImportAsync(path))));

        Assert.All(imports, i => Assert.Equal((true, imports[0].Image), (i.IsValid, i.Image)));
        Assert.Equal(
            ["latest", imports[0].ImageHash!],
            Directory.GetDirectories(_bench.Images.Root).Select(d => Path.GetFileName(d)!).OrderDescending(StringComparer.Ordinal));
        benches.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Images_unused_for_long_are_pruned_except_those_that_runs_are_on()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var bench = new Workbench(time: time);
        var old = await bench.Import(Script, "old.csx");
        var kept = await bench.Import(Script, "kept.csx");
        var used = await bench.Import(Script, "used.csx");
        Directory.CreateDirectory(Path.Combine(bench.Images.Root, ".tmp-left-behind"));
        time.Advance(TimeSpan.FromDays(8));
        await bench.Importer.ImportAsync(used.File);

        Assert.Equal(1, bench.Images.Prune(TimeSpan.FromDays(7), new HashSet<string> { kept.ImageHash! }));

        Assert.False(Directory.Exists(old.Image!.Directory));
        Assert.True(Directory.Exists(kept.Image!.Directory));
        Assert.True(Directory.Exists(used.Image!.Directory));
        Assert.Empty(Directory.GetDirectories(bench.Images.Root, ".tmp*"));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(bench.Images.Root, "latest")).Length);
        Assert.Equal(0, bench.Images.Prune(TimeSpan.FromDays(7), new HashSet<string> { kept.ImageHash! }));
    }

    [Fact]
    public void Pruning_a_cache_that_was_never_used_does_nothing()
    {
        Assert.Equal(0, _bench.Images.Prune(TimeSpan.Zero, new HashSet<string>()));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told_and_costs_only_this_import()
    {
        var blocked = Path.Combine(_bench.Scripts, "not-a-folder");
        await File.WriteAllTextAsync(blocked, "");
        using var bench = new Workbench(cache: Path.Combine(blocked, "cache"));

        var import = await bench.Import(Script);

        var error = Assert.Single(import.Description.Diagnostics);
        Assert.Equal(FlowCodes.ImageNotStored, error.Code);
        Assert.Contains(bench.Images.Root, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task White_space_and_comments_do_not_change_the_code_hash_and_everything_else_does()
    {
        _bench.Write("shared.csx", "int Two() => 2;");
        Library.Write(_bench.At("lib.dll"), "public class Lib { }");
        const string head = "#load \"shared.csx\"\n#r \"lib.dll\"\n";
        async Task<string?> CodeHash(string text) => (await _bench.Import(text)).CodeHash;
        var hash = await CodeHash(head + Script);

        Assert.NotNull(hash);
        Assert.Equal(hash, await CodeHash(head + "// a comment\n\nDag( \"a\" )\n  .Task(\"x\") /* here */ .Run(() => 1) ;\n"));
        _bench.Write("shared.csx", "// two\nint  Two() => 2;");
        Assert.Equal(hash, await CodeHash(head + Script));

        Assert.NotEqual(hash, await CodeHash(head + Script.Replace("1", "2", StringComparison.Ordinal)));
        Assert.NotEqual(hash, await CodeHash(head + Script.Replace("\"x\"", "\" x\"", StringComparison.Ordinal)));
        Assert.NotEqual(hash, await CodeHash("#r \"lib.dll\"\n" + Script));
        _bench.Write("shared.csx", "int Two() => 3;");
        Assert.NotEqual(hash, await CodeHash(head + Script));
        _bench.Write("shared.csx", "int Two() => 2;");
        Assert.Equal(hash, await CodeHash(head + Script));
        Library.Write(_bench.At("lib.dll"), "public class Lib { int x; }");
        Assert.NotEqual(hash, await CodeHash(head + Script));
    }

    private Workbench Another() => new(cache: _bench.Images.Root);
}
