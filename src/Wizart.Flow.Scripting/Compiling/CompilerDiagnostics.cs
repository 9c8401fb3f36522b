using System.Collections.Frozen;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Diagnostic = Wizart.Flow.Model.Diagnostic;
using DiagnosticSeverity = Wizart.Flow.Model.DiagnosticSeverity;

namespace Wizart.Flow.Scripting;

/// <summary>The compiler's diagnostics in our shape.</summary>
internal static class CompilerDiagnostics
{
    /// <summary>More than these are counted, not listed: a file of noise has thousands.</summary>
    public const int MaxListed = 100;

    // Told already, with better words, when the directive was followed.
    private static readonly FrozenSet<string> Told = new[] { "CS1504", "CS0006" }.ToFrozenSet();

    // The warnings that point to a mistake. The others are matters of taste, or speak of how scripts are compiled.
    private static readonly FrozenSet<string> ImportantWarnings = new[]
    {
        "CS0162", // unreachable code
        "CS0183", "CS0184", // 'is' that is always or never so
        "CS0251", // negative index
        "CS0252", "CS0253", // reference comparison by accident
        "CS0472", // comparison that is always the same
        "CS0612", "CS0618", // obsolete
        "CS0652", // comparison with a constant out of range
        "CS0665", // assignment in a condition
        "CS1717", "CS1718", // assignment or comparison to itself
        "CS4014", // a call that is not awaited
        "CS8073", // comparison of a struct with null
        "CS8509", "CS8524", // a switch that leaves something out
    }.ToFrozenSet();

    /// <summary>Those that matter, each once.</summary>
    public static IEnumerable<Diagnostic> From(IEnumerable<Microsoft.CodeAnalysis.Diagnostic> diagnostics) =>
        diagnostics.Where(Matters).Select(d => new Diagnostic(
            d.Id,
            d.GetMessage(CultureInfo.InvariantCulture),
            Places.Of(d.Location),
            d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning));

    /// <summary>In the order of the text, errors before warnings of the same place, not more than anyone reads.</summary>
    public static IReadOnlyList<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics, string script)
    {
        var ordered = diagnostics.Distinct()
            .OrderBy(d => d.Location?.File == script ? 0 : 1)
            .ThenBy(d => d.Location?.File, StringComparer.Ordinal)
            .ThenBy(d => d.Location?.Line)
            .ThenBy(d => d.Location?.Column)
            .ThenByDescending(d => d.Severity)
            .ToList();
        if (ordered.Count <= MaxListed) return ordered;

        // Errors are never left out in favour of warnings: a script with errors must not look usable.
        var listed = ordered.Where(d => d.Severity == DiagnosticSeverity.Error).Concat(ordered.Where(d => d.Severity != DiagnosticSeverity.Error)).Take(MaxListed).ToList();
        var last = listed[^1];
        listed.Add(last with { Message = string.Create(CultureInfo.InvariantCulture, $"{ordered.Count - MaxListed} more are not listed. Mend the first ones.") });
        return listed;
    }

    private static bool Matters(Microsoft.CodeAnalysis.Diagnostic diagnostic) => diagnostic.Severity switch
    {
        Microsoft.CodeAnalysis.DiagnosticSeverity.Error => !Told.Contains(diagnostic.Id),
        Microsoft.CodeAnalysis.DiagnosticSeverity.Warning => !diagnostic.IsSuppressed && ImportantWarnings.Contains(diagnostic.Id),
        _ => false,
    };
}
