using System.CommandLine;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Host.Daemon;
using Wizart.Flow.Model;
using Wizart.Flow.Scripting;
using Wizart.Flow.Testing;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow check [path…]</c>.</summary>
internal sealed class CheckVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Scripts, or folders of scripts. Default: the pipelines folder.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <inheritdoc/>
    public override Command Create()
    {
        // An option that is not there would otherwise be taken for a path that is not there.
        _paths.Validators.Add(paths =>
        {
            if (paths.Tokens.FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
                paths.AddError($"There is no option '{option.Value}'.");
        });
        var command = new Command("check", "Compiles and checks scripts without a daemon. Exit code 1 when one has errors.") { _paths, Options.Output };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] paths = [.. (parsed.GetValue(_paths) ?? []).Select(p => Path.GetFullPath(p, Terminal.Folder))];
        if (paths.Length == 0) paths = [Pipelines(parsed)];
        var root = FlowSettings.Pipelines(parsed, Options, Terminal);
        await using var folder = new LocalFolder(root, State(parsed), Terminal);
        var imports = await folder.ImportAsync(paths, cancellation);
        var isWhole = paths.Contains(root) || paths.Any(p => root.StartsWith(p + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        DiagnosticResource[] found = [.. ScriptChecks.Check(imports, isWhole).Concat(Unserved(imports)).Select(d => DiagnosticResource.Of(Shown(d)))];

        if (IsJson(parsed)) Terminal.WriteJson(found);
        else Write(imports, found);
        return found.Any(d => d.Severity == DiagnosticSeverity.Error) ? ExitCodes.Failed : ExitCodes.Fine;
    }

    /// <summary>Where the settings here name queues, tasks in others are worth a word.</summary>
    private IEnumerable<Diagnostic> Unserved(IReadOnlyList<ScriptImport> imports)
    {
        var queues = new DaemonOptions { Queues = DaemonSettings.Queues(FlowSettings.Load(Terminal.Folder)) }.QueueNames();
        return imports.SelectMany(import => LimitChecks.UnservedQueues(import.Description.Dags, queues)
            .Select(d => d.Location is null ? d with { Location = new SourceLocation(import.File, 0) } : d));
    }

    private Diagnostic Shown(Diagnostic diagnostic) => diagnostic with
    {
        Location = diagnostic.Location! with { File = Terminal.Shown(diagnostic.Location.File) },
    };

    private void Write(IReadOnlyList<ScriptImport> imports, DiagnosticResource[] found)
    {
        var printer = new DiagnosticPrinter(Terminal, Terminal.Folder);
        foreach (var diagnostic in found) printer.Write(diagnostic);
        if (found.Length > 0) Terminal.Out.WriteLine();

        var errors = found.Count(d => d.Severity == DiagnosticSeverity.Error);
        var warnings = found.Length - errors;
        var dags = imports.Sum(i => i.Description.Dags.Count);
        var summary = $"{Words.Count(imports.Count, "script")}, {Words.Count(dags, "DAG")}: "
            + (errors > 0 ? Terminal.Paint.Red(Words.Count(errors, "error")) : Terminal.Paint.Green("no errors"))
            + (warnings > 0 ? $", {Terminal.Paint.Yellow(Words.Count(warnings, "warning"))}" : "");
        Terminal.Out.WriteLine(summary);
    }
}
