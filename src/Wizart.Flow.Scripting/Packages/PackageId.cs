using System.Text.RegularExpressions;

namespace Wizart.Flow.Scripting;

/// <summary>A package that a script names: <c>#r "nuget: Id, 1.2.3"</c>.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">The exact version.</param>
internal sealed partial record PackageId(string Id, string Version)
{
    private const string Prefix = "nuget:";

    /// <summary>Whether a <c>#r</c> means a package at all.</summary>
    public static bool IsMeant(string directive) => directive.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The package, or why the text doesn't name one.</summary>
    public static (PackageId? Package, string? WhyNot) Parse(string directive)
    {
        var parts = directive.TrimStart()[Prefix.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        if (!IdPattern().IsMatch(parts[0]))
            return (null, $"'{parts[0]}' is not a package id. Write #r \"nuget: Id, 1.2.3\".");
        if (parts.Length < 2 || parts[1].Length == 0)
            return (null, $"Package {parts[0]} has no version. Write the exact one, so that the script is the same tomorrow: #r \"nuget: {parts[0]}, 1.2.3\".");
        return VersionPattern().IsMatch(parts[1])
            ? (new PackageId(parts[0], parts[1]), null)
            : (null, $"'{parts[1]}' is not an exact version of {parts[0]}. Write one such as 1.2.3: a range or a star would give another script tomorrow.");
    }

    /// <summary>Whether two spellings mean the same version: 1.2 and 1.2.0 do.</summary>
    public static bool IsSameVersion(string one, string other) => string.Equals(Normal(one), Normal(other), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Id}/{Version}";

    private static string Normal(string version)
    {
        var withoutBuild = version.Split('+', 2)[0];
        var parts = withoutBuild.Split('-', 2);
        var numbers = parts[0].Split('.').Select(n => n.TrimStart('0') is { Length: > 0 } digits ? digits : "0").ToList();
        while (numbers.Count < 4) numbers.Add("0");
        return string.Join('.', numbers) + (parts.Length > 1 ? "-" + parts[1] : "");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^\d{1,9}(\.\d{1,9}){0,3}(-[0-9A-Za-z.\-]{1,60})?(\+[0-9A-Za-z.\-]{1,60})?$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
