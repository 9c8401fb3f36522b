using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Engine;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow artifacts DAG RUN [NAME]</c>.</summary>
internal sealed class ArtifactsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The file to save. Without it, all are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _task = new("--task") { Description = "Only files of this task; an element of a mapped one as id[5].", HelpName = "TASK" };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "Where it is saved, in the place of what is there. Default: under its own name, in the working folder.",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    protected override Command Declare() => new("artifacts", "Lists the files that a run kept, or saves one of them.") { _dag, _run, _name, _task, _to };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        var kept = await client.ArtifactsAsync(run.Id, cancellation);
        if (parsed.GetValue(_task) is { } task) kept = [.. kept.Where(artifact => artifact.TaskId == task || TaskOf(artifact) == task)];
        if (parsed.GetValue(_name) is { } name)
            await SaveAsync(client, Find(kept, name, run.Id), parsed.GetValue(_to), cancellation);
        else if (IsJson(parsed)) Terminal.WriteJson(kept);
        else if (kept.Length == 0) Terminal.Error.WriteLine($"Run {run.Id} kept no files.");
        else Write(kept);
        return ExitCodes.Fine;
    }

    /// <summary>The newest of that name: of the last attempt that kept one.</summary>
    private static ArtifactResource Find(ArtifactResource[] kept, string name, long run) =>
        kept.Where(artifact => artifact.Name == name).MaxBy(artifact => artifact.Time)
        ?? throw new CliException($"Run {run} kept no file '{name}'.{Nearest.Hint(name, kept.Select(artifact => artifact.Name).Distinct())} See 'flow artifacts'.");

    private async Task SaveAsync(FlowClient client, ArtifactResource artifact, string? to, CancellationToken cancellation)
    {
        // A script chose the name: only its last part counts, and nothing that is there is written over unasked.
        var path = Path.GetFullPath(to ?? Path.GetFileName(artifact.Name.Replace('\\', '/')), Terminal.Folder);
        try
        {
            await using (var file = new FileStream(path, to is null ? FileMode.CreateNew : FileMode.Create, FileAccess.Write))
                await client.DownloadAsync(artifact.Hash, file, cancellation);
            Terminal.Out.WriteLine($"Saved {Terminal.Shown(path)} ({Size(artifact.Size)})");
        }
        catch (IOException error) when (to is null && File.Exists(path))
        {
            throw new CliException($"There is a {Terminal.Shown(path)} here already. Say where to save it with --to.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{Terminal.Shown(path)} can't be written: {error.Message}", inner: error);
        }
    }

    private void Write(ArtifactResource[] kept)
    {
        var columns = new Columns("NAME", "SIZE", "TASK", "ATTEMPT", "KEPT");
        foreach (var artifact in kept)
            columns.Add(
                StateLook.Escaped(artifact.Name), Size(artifact.Size), StateLook.Escaped(TaskOf(artifact)),
                artifact.Attempt.ToString(CultureInfo.InvariantCulture), Words.Time(artifact.Time));
        columns.Write(Terminal);
    }

    private static string TaskOf(ArtifactResource artifact) =>
        artifact.MapIndex < 0 ? artifact.TaskId : string.Create(CultureInfo.InvariantCulture, $"{artifact.TaskId}[{artifact.MapIndex}]");

    private static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
    };
}
