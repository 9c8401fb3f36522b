using System.Text;
using System.Text.Json;

namespace Wizart.Flow.Scripting;

/// <summary>Restores packages once for each combination of them, and remembers where NuGet put them.</summary>
internal sealed class PackageStore(string root, ScriptReferences shared, RestoreCommand command) : IDisposable
{
    private const string ResultFile = "packages.json";
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The packages and all that they need, restored now or earlier.</summary>
    public async Task<RestoreOutcome> RestoreAsync(IReadOnlyList<PackageId> packages, CancellationToken cancellation)
    {
        var folder = FolderOf(packages);
        if (Find(folder) is { } known) return new RestoreOutcome.Restored(known);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (Find(folder) is { } meanwhile) return new RestoreOutcome.Restored(meanwhile);
            return await RestoreAsync(packages, folder, cancellation);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RestoreOutcome> RestoreAsync(IReadOnlyList<PackageId> packages, string folder, CancellationToken cancellation)
    {
        // In a folder of its own first: another process may be restoring the same packages.
        var work = Path.Combine(root, $"{AtomicFolder.TemporaryPrefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            var project = Path.Combine(work, "script.csproj");
            RestoreProject.Write(project, packages);
            var errors = await command.RunAsync(project, cancellation);
            if (errors.Count > 0) return new RestoreOutcome.Failed(errors);
            var restored = AssetsFile.Read(Path.Combine(work, "obj", "project.assets.json"), packages, shared);
            await File.WriteAllBytesAsync(
                Path.Combine(work, ResultFile), JsonSerializer.SerializeToUtf8Bytes(restored, ImageJson.Default.RestoredPackages), cancellation);
            AtomicFolder.Publish(work, folder, isGood: () => Find(folder) is not null);
            return new RestoreOutcome.Restored(restored);
        }
        finally
        {
            AtomicFolder.Delete(work);
        }
    }

    private RestoredPackages? Find(string folder)
    {
        try
        {
            var result = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, ResultFile)), ImageJson.Default.RestoredPackages);
            return result is { Versions: not null, Compile: not null, Managed: not null, Native: not null } && result.IsComplete ? result : null;
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FolderOf(IReadOnlyList<PackageId> packages)
    {
        var key = string.Join('\n', packages.Select(p => p.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal))
            + $"\n{RestoreProject.Framework}/{RestoreProject.Platform}";
        return Path.Combine(root, ScriptText.HashOf(Encoding.UTF8.GetBytes(key))[..32]);
    }
}
