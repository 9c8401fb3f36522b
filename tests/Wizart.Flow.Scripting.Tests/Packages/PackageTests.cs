using System.Diagnostics;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Packages;

/// <summary>With a real <c>dotnet restore</c> and the packages that the solution itself is built with.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_managed_package_compiles_and_runs_and_is_restored_once()
    {
        const string script = """
            #r "nuget: Newtonsoft.Json, 13.0.4"
            using Newtonsoft.Json;
            Dag(JsonConvert.DeserializeObject<string>("'from_json'")).Task("x").Run(() => 1);
            """;
        var import = await _bench.Import(script);
        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal("from_json", import.Description.Dags[0].Id);

        var packages = Assert.Single(Directory.GetDirectories(_bench.Images.PackagesRoot));
        var restored = File.GetLastWriteTimeUtc(Path.Combine(packages, "packages.json"));
        Assert.Empty((await _bench.Import(script + "\n// changed")).Description.Diagnostics);
        Assert.Equal(packages, Assert.Single(Directory.GetDirectories(_bench.Images.PackagesRoot)));
        Assert.Equal(restored, File.GetLastWriteTimeUtc(Path.Combine(packages, "packages.json")));
    }

    [Fact]
    public async Task A_package_with_native_parts_runs()
    {
        var import = await _bench.Import("""
            #r "nuget: Microsoft.Data.Sqlite, 10.0.5"
            using Microsoft.Data.Sqlite;
            SQLitePCL.Batteries_V2.Init();
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            var command = connection.CreateCommand();
            command.CommandText = "select 'dag_' || (40 + 2)";
            Dag((string)command.ExecuteScalar()).Task("x").Run(() => 1);
            """);

        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal("dag_42", import.Description.Dags[0].Id);
        using var references = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(import.Image!.Directory, "references.json")));
        Assert.Contains(references.RootElement.GetProperty("native").EnumerateArray(), n => n.GetString()!.Contains("e_sqlite3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_that_is_nowhere_is_told_in_NuGets_words_at_its_line_beside_other_errors()
    {
        var diagnostics = await _bench.DiagnosticsOf("""
            // two packages
            #r "nuget: Newtonsoft.Json, 13.0.4"
            #r "nuget: Wizart.Flow.There.Is.No.Such.Package, 1.0.0"
            int x = "";
            """);

        Assert.Equal([(FlowCodes.BadPackage, 3), ("CS0029", 4)], diagnostics.Select(d => (d.Code, d.Location!.Line)));
        Assert.Contains("Wizart.Flow.There.Is.No.Such.Package", diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("NU1", diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_no_source_has_is_used_from_the_next_one_up_with_a_warning()
    {
        var import = await _bench.Import("#r \"nuget: Newtonsoft.Json, 13.0.0\"\nDag(\"a\").Task(\"x\").Run(() => 1);");

        var warning = Assert.Single(import.Description.Diagnostics);
        Assert.Equal((FlowCodes.BadPackage, DiagnosticSeverity.Warning, 1), (warning.Code, warning.Severity, warning.Location!.Line));
        Assert.Contains("have no Newtonsoft.Json 13.0.0, and gave 13.", warning.Message, StringComparison.Ordinal);
        Assert.True(import.IsValid);
    }

    [Fact]
    public async Task Two_versions_of_one_package_contradict_each_other()
    {
        var diagnostics = await _bench.DiagnosticsOf("#r \"nuget: Newtonsoft.Json, 13.0.3\"\n#r \"nuget: newtonsoft.json, 13.0.4\"\nDag(\"a\").Task(\"x\").Run(() => 1);");

        var error = Assert.Single(diagnostics);
        Assert.Equal((FlowCodes.BadPackage, 2), (error.Code, error.Location!.Line));
    }

    [Fact]
    public async Task A_version_that_is_not_exact_is_refused_without_a_restore()
    {
        var error = Assert.Single(await _bench.DiagnosticsOf("#r \"nuget: Newtonsoft.Json, 13.*\"\nDag(\"a\").Task(\"x\").Run(() => 1);"));

        Assert.Equal((FlowCodes.BadPackage, 1), (error.Code, error.Location!.Line));
        Assert.False(Directory.Exists(_bench.Images.PackagesRoot));
    }

    [Fact]
    public async Task A_restore_that_takes_too_long_is_ended_and_told()
    {
        using var bench = new Workbench(options: new ScriptCompilerOptions { RestoreLimit = TimeSpan.FromMilliseconds(1) });

        var error = Assert.Single(await bench.DiagnosticsOf("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nDag(\"a\").Task(\"x\").Run(() => 1);"));

        Assert.Equal((FlowCodes.BadPackage, 1), (error.Code, error.Location!.Line));
        Assert.Contains("took longer", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(bench.Images.PackagesRoot));
    }

    [Fact]
    public async Task A_restore_that_is_given_up_leaves_nothing_behind()
    {
        using var cancel = new CancellationTokenSource();
        var path = _bench.Write("a.csx", "#r \"nuget: Newtonsoft.Json, 13.0.4\"\nDag(\"a\").Task(\"x\").Run(() => 1);");
        var compiling = _bench.Compiler.CompileAsync(path, cancel.Token);
        await Eventually.Holds(() => Directory.Exists(_bench.Images.PackagesRoot));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compiling);
        Assert.Empty(Directory.GetDirectories(_bench.Images.PackagesRoot));
        Assert.DoesNotContain(Process.GetProcessesByName("dotnet"), p => CommandLine(p).Contains(_bench.Images.PackagesRoot, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cleared_package_folder_is_noticed_and_restored_again()
    {
        const string script = "#r \"nuget: Newtonsoft.Json, 13.0.4\"\nDag(\"a\").Task(\"x\").Run(() => 1);";
        await _bench.Import(script);
        var result = Directory.GetFiles(_bench.Images.PackagesRoot, "packages.json", SearchOption.AllDirectories).Single();
        var text = await File.ReadAllTextAsync(result);
        await File.WriteAllTextAsync(result, text.Replace("Newtonsoft.Json.dll", "Cleared.dll", StringComparison.Ordinal));

        Assert.Empty((await _bench.Import(script + "\n// changed")).Description.Diagnostics);
        Assert.Equal(text, await File.ReadAllTextAsync(result));
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{process.Id}/cmdline") : "";
        }
        catch (IOException)
        {
            return ""; // ended meanwhile
        }
    }
}
