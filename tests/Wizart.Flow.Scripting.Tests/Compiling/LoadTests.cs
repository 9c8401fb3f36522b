using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Compiling;

public sealed class LoadTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Loads_are_relative_to_the_file_they_stand_in_and_go_as_deep_as_they_like()
    {
        _bench.Write("shared/a.csx", "#load \"deeper/b.csx\"\nstring A() => B() + 1;");
        _bench.Write("shared/deeper/b.csx", "#load \"../../c.csx\"\nstring B() => C() + 2;");
        _bench.Write("c.csx", "string C() => \"c\";");

        var import = await _bench.Import("#load \"shared\\a.csx\"\nDag(A()).Task(\"x\").Run(() => 1);");

        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal("c21", Assert.Single(import.Description.Dags).Id);
        Assert.Equal([_bench.At("c.csx"), _bench.At("shared/a.csx"), _bench.At("shared/deeper/b.csx")], import.LoadedFiles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_loaded_twice_or_in_a_circle_is_there_once()
    {
        _bench.Write("one.csx", "#load \"two.csx\"\nstring One() => \"1\";");
        _bench.Write("two.csx", "#load \"one.csx\"\n#load \"test.csx\"\nstring Two() => One();");

        var import = await _bench.Import("#load \"one.csx\"\n#load \"two.csx\"\n#load \"one.csx\"\nDag(\"d\" + Two()).Task(\"x\").Run(() => 1);");

        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal("d1", Assert.Single(import.Description.Dags).Id);
    }

    [Fact]
    public async Task A_missing_file_is_told_once_at_each_line_that_first_names_it_and_other_errors_are_told_too()
    {
        _bench.Write("one.csx", "#load \"nowhere.csx\"\n");
        var diagnostics = await _bench.DiagnosticsOf("#load \"one.csx\"\n#load \"missing.csx\"\nint x = \"\";");

        Assert.Equal(
            [(FlowCodes.BadLoad, "test.csx", 2, 7), ("CS0029", "test.csx", 3, 9), (FlowCodes.BadLoad, "one.csx", 1, 7)],
            diagnostics.Select(d => (d.Code, Path.GetFileName(d.Location!.File), d.Location.Line, d.Location.Column)));
        Assert.Contains(_bench.At("missing.csx"), diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_loads_itself_is_told_so()
    {
        var error = Assert.Single(await _bench.DiagnosticsOf("#load \"test.csx\"\nDag(\"a\").Task(\"x\").Run(() => 1);"));

        Assert.Equal((FlowCodes.BadLoad, 1), (error.Code, error.Location!.Line));
    }

    [Fact]
    public async Task A_loaded_file_that_cannot_be_used_is_told_at_the_line_of_the_load()
    {
        Directory.CreateDirectory(_bench.At("folder.csx"));
        await File.WriteAllBytesAsync(_bench.At("latin.csx"), [0x2F, 0x2F, 0xE9, 0x0A]);

        var diagnostics = await _bench.DiagnosticsOf("#load \"folder.csx\"\n#load \"latin.csx\"\n#load \"\"\nDag(\"a\").Task(\"x\").Run(() => 1);");

        Assert.Equal([(FlowCodes.BadFile, 1), (FlowCodes.BadFile, 2), (FlowCodes.BadLoad, 3)], diagnostics.Select(d => (d.Code, d.Location!.Line)));
        Assert.Contains("UTF-8", diagnostics[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_loads_of_any_length_is_read()
    {
        for (var i = 0; i < 300; i++) _bench.Write($"chain/{i}.csx", $"#load \"{i + 1}.csx\"\n");
        _bench.Write("chain/300.csx", "string Last() => \"last\";");

        var import = await _bench.Import("#load \"chain/0.csx\"\nDag(Last()).Task(\"x\").Run(() => 1);");

        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal(301, import.LoadedFiles.Count);
    }
}
