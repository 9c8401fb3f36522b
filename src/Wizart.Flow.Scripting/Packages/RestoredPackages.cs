using System.Text.Json.Serialization;

namespace Wizart.Flow.Scripting;

/// <summary>What a restore gave: absolute paths in NuGet's own package folder.</summary>
/// <param name="Versions">The version that each requested package was given.</param>
/// <param name="Compile">Assemblies for the compiler.</param>
/// <param name="Managed">Assemblies for the loader, by name.</param>
/// <param name="Native">Native libraries for the loader.</param>
internal sealed record RestoredPackages(
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<string> Compile,
    IReadOnlyDictionary<string, string> Managed,
    IReadOnlyList<string> Native)
{
    /// <summary>Whether all files are still there: NuGet's folder may have been cleared since.</summary>
    [JsonIgnore]
    public bool IsComplete => Compile.Concat(Managed.Values).Concat(Native).All(File.Exists);
}

/// <summary>How a restore ended.</summary>
internal abstract record RestoreOutcome
{
    private RestoreOutcome()
    {
    }

    /// <summary>The packages are there.</summary>
    public sealed record Restored(RestoredPackages Packages) : RestoreOutcome;

    /// <summary>They are not.</summary>
    /// <param name="Messages">NuGet's own words.</param>
    public sealed record Failed(IReadOnlyList<string> Messages) : RestoreOutcome;
}
