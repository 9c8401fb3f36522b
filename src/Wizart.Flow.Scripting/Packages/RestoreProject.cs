using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Wizart.Flow.Scripting;

/// <summary>The project that is restored to get a script's packages; nothing is ever built from it.</summary>
internal static class RestoreProject
{
    /// <summary>The framework that scripts run on.</summary>
    public static string Framework { get; } = string.Create(CultureInfo.InvariantCulture, $"net{Environment.Version.Major}.{Environment.Version.Minor}");

    /// <summary>The platform whose runtime and native assets are taken, in its portable form.</summary>
    public static string Platform { get; } = $"{SystemName}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Writes the project file.</summary>
    public static void Write(string path, IEnumerable<PackageId> packages)
    {
        // The props and targets of folders above are another project's business: a repository's central package
        // versions or build output must not change what a script gets.
        var project = new XElement("Project",
            new XElement("PropertyGroup",
                new XElement("ImportDirectoryBuildProps", "false"),
                new XElement("ImportDirectoryBuildTargets", "false"),
                new XElement("ImportDirectoryPackagesProps", "false"),
                new XElement("ManagePackageVersionsCentrally", "false")),
            new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", Framework),
                new XElement("RuntimeIdentifier", Platform),
                new XElement("SelfContained", "false"),
                new XElement("UseAppHost", "false"),
                new XElement("NuGetAudit", "false"),
                new XElement("TreatWarningsAsErrors", "false")),
            new XElement("ItemGroup", packages.Select(package => new XElement("PackageReference",
                new XAttribute("Include", package.Id),
                new XAttribute("Version", package.Version)))),
            new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk")));
        File.WriteAllText(path, project.ToString());
    }

    private static string SystemName =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || RuntimeInformation.RuntimeIdentifier.Contains("alpine", StringComparison.Ordinal) ? "linux-musl"
        : "linux";
}
