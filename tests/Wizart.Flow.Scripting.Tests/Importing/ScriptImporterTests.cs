using System.Text;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Scripting.Tests.Importing;

public sealed class ScriptImporterTests : IDisposable
{
    private const string Good = "Dag(\"a\").Task(\"x\").Run(() => 1);";
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_good_script_gives_its_image_its_source_and_its_dags()
    {
        var import = await _bench.Import("// hello\n" + Good);

        Assert.True(import.IsValid);
        Assert.Equal(_bench.At("test.csx"), import.File);
        Assert.Equal("// hello\n" + Good, import.Source);
        Assert.Equal(import.ImageHash, Path.GetFileName(import.Image!.Directory));
        Assert.Equal(64, import.CodeHash!.Length);
        Assert.Equal(new SourceLocation(import.File, 2), import.Description.Dags[0].Location! with { Column = 0 });
        Assert.Empty(import.LoadedFiles);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        await File.WriteAllTextAsync(_bench.At("bom.csx"), "Dag(\"größe\").Task(\"x\").Run(() => 1);", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("größe", (await _bench.Importer.ImportAsync(_bench.At("bom.csx"))).Description.Dags[0].Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n// nothing but a comment\n")]
    [InlineData("int Helper() => 1;")]
    public async Task A_file_without_a_dag_is_a_warning(string text)
    {
        var import = await _bench.Import(text);

        var warning = Assert.Single(import.Description.Diagnostics);
        Assert.Equal((FlowCodes.NoDag, DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.True(import.IsValid);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        var import = await _bench.Importer.ImportAsync(_bench.At("nowhere.csx"));

        AssertBad(import, "isn't there");
    }

    [Fact]
    public async Task A_directory_is_told()
    {
        Directory.CreateDirectory(_bench.At("folder.csx"));

        AssertBad(await _bench.Importer.ImportAsync(_bench.At("folder.csx")), "is a directory");
    }

    [Fact]
    public async Task A_dangling_link_and_a_link_to_itself_are_told()
    {
        File.CreateSymbolicLink(_bench.At("dangling.csx"), _bench.At("nothing"));
        File.CreateSymbolicLink(_bench.At("circle.csx"), _bench.At("circle.csx"));

        AssertBad(await _bench.Importer.ImportAsync(_bench.At("dangling.csx")), "which isn't there");
        AssertBad(await _bench.Importer.ImportAsync(_bench.At("circle.csx")), "");
    }

    [Fact]
    public async Task A_linked_file_is_imported_under_its_own_path()
    {
        var real = _bench.Write("elsewhere/real.txt", Good);
        File.CreateSymbolicLink(_bench.At("link.csx"), real);

        var import = await _bench.Importer.ImportAsync(_bench.At("link.csx"));

        Assert.True(import.IsValid);
        Assert.Equal(_bench.At("link.csx"), import.Description.Dags[0].Location!.File);
    }

    [Fact]
    public async Task A_file_without_permission_is_told()
    {
        var path = _bench.Write("secret.csx", Good);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        if (CanRead(path)) Assert.Skip("This user may read every file.");

        AssertBad(await _bench.Importer.ImportAsync(path), "Check its permissions");
    }

    [Fact]
    public async Task Ten_megabytes_are_too_large_and_two_are_not()
    {
        await File.WriteAllTextAsync(_bench.At("large.csx"), new string(' ', 10 * 1024 * 1024));
        AssertBad(await _bench.Importer.ImportAsync(_bench.At("large.csx")), "too large (10 MB");

        var import = await _bench.Import(Good + new string(' ', 2 * 1024 * 1024 - Good.Length));
        Assert.True(import.IsValid);
    }

    [Theory]
    [InlineData(new byte[] { 0x2F, 0x2F, 0xE9, 0x0A })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x41, 0x00 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x41 })]
    public async Task What_is_not_UTF8_is_told(byte[] content)
    {
        await File.WriteAllBytesAsync(_bench.At("other.csx"), content);

        AssertBad(await _bench.Importer.ImportAsync(_bench.At("other.csx")), "Save it as UTF-8");
    }

    [Fact]
    public async Task Binary_content_gives_errors_and_nothing_worse()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(_bench.At("noise.csx"), [.. noise.Select(b => (byte)(b & 0x7F))]);

        var import = await _bench.Importer.ImportAsync(_bench.At("noise.csx"));

        Assert.False(import.IsValid);
        Assert.Null(import.Image);
    }

    [Fact]
    public async Task A_broken_script_keeps_its_source_and_the_files_it_wants()
    {
        _bench.Write("shared.csx", "int Two() => 2;");
        var import = await _bench.Import("#load \"shared.csx\"\n#load \"missing.csx\"\n#r \"missing.dll\"\nint x = ;");

        Assert.False(import.IsValid);
        Assert.Null(import.ImageHash);
        Assert.StartsWith("#load", import.Source, StringComparison.Ordinal);
        Assert.Equal([_bench.At("shared.csx"), _bench.At("missing.csx")], import.LoadedFiles);
        Assert.Equal([_bench.At("missing.dll")], import.ReferencedFiles);
        Assert.Equal([FlowCodes.BadLoad, FlowCodes.BadReference, "CS1525"], import.Description.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public async Task Diagnostics_of_structure_get_the_column_of_the_call_that_they_speak_of()
    {
        var import = await _bench.Import("""
            var dag = Dag("a"); var other = Dag("b"); dag.Task("same").Run(() => 1);
            other.Task("x").Run(() => 1); dag.Task("same").Run(() => 2);
               dag
               .Task("unfinished");
            var later = Dag("c d").StartingOn("tomorrow"); later.Task("x").Run(() => 1);
            """);

        Assert.Equal(
            [(FlowCodes.DuplicateTask, 2, 35), (FlowCodes.NoEnding, 4, 5), (FlowCodes.BadId, 5, 13), (FlowCodes.BadDates, 5, 24)],
            import.Description.Diagnostics.Select(d => (d.Code, d.Location!.Line, d.Location.Column)));
        Assert.NotNull(import.Image);
        Assert.False(import.IsValid);
    }

    [Fact]
    public async Task An_evaluator_that_crashes_is_a_diagnostic_and_is_asked_again_next_time()
    {
        var evaluator = new FakeEvaluator(_ => throw new InvalidOperationException("the worker is gone"));
        using var bench = new Workbench(evaluator);

        var import = await bench.Import(Good);
        Assert.Equal((FlowCodes.ScriptDied, false), (Assert.Single(import.Description.Diagnostics).Code, import.IsValid));
        Assert.Contains("the worker is gone", import.Description.Diagnostics[0].Message, StringComparison.Ordinal);

        evaluator.Answer = _ => new ScriptDescription([new DagModel { Id = "a" }], []);
        Assert.True((await bench.Importer.ImportAsync(import.File)).IsValid);
    }

    [Theory]
    [InlineData(FlowCodes.ScriptThrew, 2)]
    [InlineData(FlowCodes.ScriptTooSlow, 2)]
    [InlineData(FlowCodes.ScriptTooLarge, 2)]
    [InlineData(FlowCodes.Cycle, 1)]
    public async Task What_may_be_otherwise_next_time_is_evaluated_again_and_what_may_not_is_remembered(string code, int evaluations)
    {
        var calls = 0;
        using var bench = new Workbench(new FakeEvaluator(file =>
        {
            calls++;
            return new ScriptDescription([], [new Diagnostic(code, "why", new SourceLocation(file, 1))]);
        }));

        var import = await bench.Import(Good);
        await bench.Importer.ImportAsync(import.File);

        Assert.Equal(code, Assert.Single(import.Description.Diagnostics).Code);
        Assert.Equal(evaluations, calls);
    }

    [Fact]
    public async Task An_import_can_be_given_up_while_it_is_evaluated()
    {
        using var cancel = new CancellationTokenSource();
        using var bench = new Workbench(new FakeEvaluator(_ =>
        {
            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        }));
        var path = bench.Write("a.csx", Good);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Importer.ImportAsync(path, cancel.Token));
    }

    [Fact]
    public async Task A_bug_of_ours_costs_one_import_and_is_told()
    {
        using var bench = new Workbench();
        var path = bench.Write("a.csx", Good);
        bench.Compiler.Dispose();
        File.WriteAllText(path, "#r \"nuget: Newtonsoft.Json, 13.0.4\"\n" + Good);

        var import = await bench.Importer.ImportAsync(path);

        Assert.Equal(FlowCodes.ImportFailed, Assert.Single(import.Description.Diagnostics).Code);
    }

    private static void AssertBad(ScriptImport import, string words)
    {
        var error = Assert.Single(import.Description.Diagnostics);
        Assert.Equal((FlowCodes.BadFile, DiagnosticSeverity.Error, import.File), (error.Code, error.Severity, error.Location!.File));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Null(import.Image);
        Assert.False(import.IsValid);
    }

    private static bool CanRead(string path)
    {
        try
        {
            File.ReadAllBytes(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class FakeEvaluator(Func<string, ScriptDescription> answer) : IScriptEvaluator
    {
        public Func<string, ScriptDescription> Answer { get; set; } = answer;

        public Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation) => Task.FromResult(Answer(file));
    }
}
