using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.References;

public sealed class ReferenceTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_library_and_what_it_uses_beside_it_are_found_relative_to_the_script()
    {
        var inner = Library.Write(_bench.At("lib/Inner.dll"), "public static class Inner { public static string Text => \"inner\"; }");
        var outer = Library.Write(_bench.At("lib/Outer.dll"), "public static class Outer { public static string Text => Inner.Text + \"outer\"; }", inner);

        var import = await _bench.Import("#r \"lib/Outer.dll\"\nDag(Outer.Text).Task(\"x\").Run(() => 1);", "deep/er/test.csx");
        Assert.Equal(FlowCodes.BadReference, import.Description.Diagnostics[0].Code);

        import = await _bench.Import("#r \"../lib/Outer.dll\"\nDag(Outer.Text).Task(\"x\").Run(() => 1);", "deep/test.csx");
        Assert.Empty(import.Description.Diagnostics);
        Assert.Equal("innerouter", import.Description.Dags[0].Id);
        Assert.Equal([inner, outer], import.ReferencedFiles.Order(StringComparer.Ordinal));

        using var references = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(import.Image!.Directory, "references.json")));
        var managed = references.RootElement.GetProperty("managed");
        Assert.Equal(Path.Combine(import.Image.Directory, "lib", "Outer.dll"), managed.GetProperty("Outer").GetString());
        Assert.Equal(await File.ReadAllBytesAsync(inner), await File.ReadAllBytesAsync(managed.GetProperty("Inner").GetString()!));
        Assert.Equal(Path.GetDirectoryName(outer), references.RootElement.GetProperty("native")[0].GetString());
    }

    [Fact]
    public async Task An_older_image_keeps_the_library_that_it_was_made_with()
    {
        const string script = "#r \"lib.dll\"\nLib.Name";
        Library.Write(_bench.At("lib.dll"), "public static class Lib { public static string Name => \"old\"; }");
        var old = await _bench.Import(script);
        Library.Write(_bench.At("lib.dll"), "public static class Lib { public static string Name => \"new\"; }");
        var @new = await _bench.Import(script);

        Assert.Equal("old", InProcessEvaluator.ResultOf(old.Image!));
        Assert.Equal("new", InProcessEvaluator.ResultOf(@new.Image!));
    }

    [Fact]
    public async Task A_missing_library_is_told_at_its_line_with_what_depends_on_it()
    {
        var diagnostics = await _bench.DiagnosticsOf("// first line\n#r \"missing.dll\"\nDag(\"a\").Task(\"x\").Run(() => 1);");

        var error = Assert.Single(diagnostics);
        Assert.Equal((FlowCodes.BadReference, 2, 4), (error.Code, error.Location!.Line, error.Location.Column));
        Assert.Contains(_bench.At("missing.dll"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_told_so()
    {
        _bench.Write("text.dll", "not an assembly");

        var error = Assert.Single(await _bench.DiagnosticsOf("#r \"text.dll\"\nDag(\"a\").Task(\"x\").Run(() => 1);"));

        Assert.Equal(FlowCodes.BadReference, error.Code);
        Assert.Contains("not a .NET assembly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assemblies_of_the_framework_may_be_named_and_are_there_anyway() =>
        Assert.Empty(await _bench.DiagnosticsOf("#r \"System.Xml.Linq\"\n#r \"System.Net.Http.dll\"\nDag(\"a\").Task(\"x\").Run(() => new System.Xml.Linq.XElement(\"x\").Value);"));

    [Fact]
    public async Task The_namespaces_of_providers_are_in_force_and_an_empty_provider_does_no_harm()
    {
        using var folder = new TemporaryFolder();
        var http = Library.Write(folder["Wizart.Flow.Providers.Stub.dll"], """
            namespace Wizart.Flow.Providers.Stub;
            public sealed class StubApi { public System.Threading.Tasks.Task<T> Get<T>(string path) => throw new System.NotSupportedException(); }
            """);
        var empty = Library.Write(folder["Wizart.Flow.Providers.Empty.dll"], "");
        using var bench = new Workbench(references: new ScriptReferences([http, empty]));

        Assert.Empty(await bench.DiagnosticsOf("""
            var shop = Connection<StubApi>("shop");
            var dag = Dag("a");
            var orders = dag.Task("x").From(shop, dag.Interval).Run((shop, day) => shop.Get<Order[]>($"/orders?from={day.Start:O}"));
            dag.Task("y").From(orders).Run(orders => orders.GroupBy(o => o.Country).Select(g => g.Sum(o => o.Amount)).ToArray());
            record Order(string Country, decimal Amount);
            """));
        Assert.Contains("Wizart.Flow.Providers.Stub", (await bench.DiagnosticsOf("Connection<Nobody>(\"x\");")).Single(d => d.Code == FlowCodes.HintUnknownClient).Message, StringComparison.Ordinal);
        Assert.NotEqual(Workbench.Plain.Identity, bench.Compiler.References.Identity);
    }

    [Fact]
    public void The_references_of_the_application_hold_the_framework_and_the_language()
    {
        var references = ScriptReferences.OfApplication();

        Assert.True(references.Contains("System.Private.CoreLib"));
        Assert.True(references.Contains("netstandard"));
        Assert.True(references.Contains("Wizart.Flow"));
        Assert.False(references.Contains("Microsoft.CodeAnalysis"));
        Assert.Contains("Wizart.Flow.Script", references.Usings);
    }
}
