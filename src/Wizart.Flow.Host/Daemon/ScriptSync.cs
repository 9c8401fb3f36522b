using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Model;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Host.Daemon;

/// <summary>Keeps what is published the same as what is in the folder of scripts.</summary>
internal sealed class ScriptSync(
    ScriptFolder folder, ScriptFolderWatcher watcher, DagPublisher publisher, DagCatalog catalog, MemoryReturn memory,
    ILogger<ScriptSync> log)
{
    /// <summary>Looks at all scripts once, and deactivates the DAGs whose files are gone.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var change in await folder.ScanAsync(thorough: false, cancellation)) await ApplyAsync(change, cancellation);

        var there = folder.Imports.Select(i => Relative(i.File)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in catalog.All.Where(d => d.IsActive && !there.Contains(d.File)).Select(d => d.File).Distinct().ToArray())
            await RemoveAsync(file, cancellation);
        if (there.Count == 0)
            log.LogWarning("There is no .csx file in {Folder}. Save one there, or name another folder: --pipelines DIR", folder.Root);
    }

    /// <summary>Applies changes as they come, until it is cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await foreach (var change in watcher.WatchAsync(cancellation))
        {
            try
            {
                await ApplyAsync(change, cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "{File} could not be taken; save it again to try once more", Relative(change.File));
            }
        }
    }

    private async Task ApplyAsync(ScriptChange change, CancellationToken cancellation)
    {
        memory.Expect();
        if (change.Import is not { } import)
        {
            await RemoveAsync(Relative(change.File), cancellation);
            return;
        }

        var update = new ScriptUpdate
        {
            File = Relative(import.File),
            Description = new ScriptDescription(
                [.. import.Description.Dags.Select(Relative)], [.. import.Description.Diagnostics.Select(Relative)]),
            ImageHash = import.Image?.Hash,
            ImageDirectory = import.Image?.Directory,
            CodeHash = import.CodeHash ?? "",
            Source = import.Source ?? "",
        };
        var found = await publisher.PublishAsync(update, cancellation);
        Tell(update, found);
    }

    private async Task RemoveAsync(string file, CancellationToken cancellation)
    {
        await publisher.RemoveAsync(file, cancellation);
        log.LogInformation("{File} is gone; its DAGs are deactivated and keep their history", file);
    }

    private void Tell(ScriptUpdate update, IReadOnlyList<Diagnostic> found)
    {
        foreach (var diagnostic in found)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error) log.LogError("{Diagnostic}", diagnostic);
            else log.LogWarning("{Diagnostic}", diagnostic);
        }

        if (found.All(d => d.Severity != DiagnosticSeverity.Error))
            log.LogInformation("{File}: {Dags}", update.File, string.Join(", ", update.Description.Dags.Select(d => d.Id)));
    }

    private string Relative(string file) => Path.GetRelativePath(folder.Root, file);

    private Diagnostic Relative(Diagnostic diagnostic) => diagnostic with { Location = Relative(diagnostic.Location) };

    private DagModel Relative(DagModel model) => model with
    {
        Location = Relative(model.Location),
        Tasks = [.. model.Tasks.Select(t => t with { Location = Relative(t.Location) })],
        Params = [.. model.Params.Select(p => p with { Location = Relative(p.Location) })],
        Assets = [.. model.Assets.Select(a => a with { Location = Relative(a.Location) })],
    };

    private SourceLocation? Relative(SourceLocation? location) =>
        location is { File.Length: > 0 } ? location with { File = Relative(location.File) } : location;
}
