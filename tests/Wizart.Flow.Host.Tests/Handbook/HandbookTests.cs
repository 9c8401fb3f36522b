using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Connections;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Http;
using Wizart.Flow.Providers.Mail;
using Wizart.Flow.Providers.Sheets;
using Wizart.Flow.Providers.Slack;
using Wizart.Flow.Providers.Sql;
using Wizart.Flow.Providers.Teams;
using Wizart.Flow.Runtime;
using Wizart.Flow.Scripting;
using Wizart.Flow.Testing;

namespace Wizart.Flow.Host.Tests.Handbook;

/// <summary>What the handbook and the README show is true: every script compiles, every wrong example gives its code.</summary>
public sealed class HandbookTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-handbook-").FullName;
    private ScriptCompiler _compiler = null!;
    private ScriptImporter _importer = null!;

    public ValueTask InitializeAsync()
    {
        var images = new ImageCache(Path.Combine(_folder, "images"), TimeProvider.System);
        _compiler = new ScriptCompiler(ScriptReferences.OfApplication(), images, TimeProvider.System);
        var evaluator = new InProcessRunner(new ConnectionTypes().AddHttp().AddMail().AddSheets().AddSlack().AddSql().AddTeams());
        _importer = new ScriptImporter(_compiler, images, evaluator, NullLogger<ScriptImporter>.Instance);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _compiler.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_script_compiles_and_every_wrong_one_gives_its_code()
    {
        var snippets = Snippets.All().ToArray();
        Assert.True(snippets.Length > 50, $"Only {snippets.Length} snippets were found.");
        var complaints = new List<string>();
        foreach (var snippet in snippets)
        {
            var found = await DiagnosticsAsync(snippet);
            var codes = found.Select(d => d.Code).ToHashSet();
            var errors = found.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            if (snippet.Kind == "wrong" && !codes.Contains(snippet.Code))
                complaints.Add($"{snippet} gives [{string.Join(", ", found)}]");
            if (snippet.Kind != "wrong" && (errors.Length > 0 || snippet.Code.Length > 0 && codes.Contains(snippet.Code)))
                complaints.Add($"{snippet} gives [{string.Join(", ", found)}]");
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void Every_code_has_its_place_in_the_handbook()
    {
        var page = Snippets.All().First(s => s.Page == "errors.md");
        var text = File.ReadAllText(Path.Combine(HandbookFolder(), page.Page));
        var codes = typeof(FlowCodes).GetFields().Select(f => (string)f.GetValue(null)!);
        Assert.All(codes, code => Assert.Contains(code, text, StringComparison.Ordinal));
    }

    private static string HandbookFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../src/Wizart.Flow.Web/Handbook"));

    private async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Snippet snippet)
    {
        var file = Path.Combine(_folder, $"{Path.GetFileNameWithoutExtension(snippet.Page)}_{snippet.Line}.csx");
        await File.WriteAllTextAsync(file, snippet.Text);
        var import = await _importer.ImportAsync(file);
        return ScriptChecks.Check([import], all: true);
    }
}
