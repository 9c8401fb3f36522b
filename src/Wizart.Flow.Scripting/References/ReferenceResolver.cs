using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>Finds what a script's <c>#r</c>s mean: libraries and packages.</summary>
internal sealed class ReferenceResolver(ScriptReferences shared, PackageStore packages)
{
    /// <summary>All references of a script; what can't be had is in the diagnostics, at the line of its <c>#r</c>.</summary>
    public async Task<ExtraReferences> ResolveAsync(IReadOnlyList<ReferenceDirective> directives, CancellationToken cancellation)
    {
        if (directives.Count == 0) return ExtraReferences.None;
        var libraries = new LibraryFinder(shared);
        foreach (var directive in directives.Where(d => !PackageId.IsMeant(d.Text))) libraries.Find(directive);
        var found = libraries.Found();

        var meant = directives.Where(d => PackageId.IsMeant(d.Text)).Select(d => (Directive: d, Parsed: PackageId.Parse(d.Text))).ToList();
        var diagnostics = found.Diagnostics.ToList();
        diagnostics.AddRange(meant.Where(m => m.Parsed.WhyNot is not null).Select(m => Refusal(m.Parsed.WhyNot!, m.Directive)));
        var wanted = meant.Where(m => m.Parsed.Package is not null).Select(m => (m.Directive, Package: m.Parsed.Package!)).ToList();
        diagnostics.AddRange(Contradictions(wanted));
        if (wanted.Count == 0 || diagnostics.Count > found.Diagnostics.Count) return found with { Diagnostics = diagnostics };

        return await packages.RestoreAsync([.. wanted.Select(w => w.Package).Distinct()], cancellation) switch
        {
            RestoreOutcome.Restored restored => With(found, restored.Packages, wanted, diagnostics),
            RestoreOutcome.Failed failed => found with { Diagnostics = [.. diagnostics, .. failed.Messages.Select(m => Blame(m, wanted))] },
            _ => throw new InvalidOperationException("There is no other outcome."),
        };
    }

    private static ExtraReferences With(
        ExtraReferences found, RestoredPackages restored, List<(ReferenceDirective Directive, PackageId Package)> wanted, List<Diagnostic> diagnostics)
    {
        foreach (var (directive, package) in wanted)
        {
            if (restored.Versions.GetValueOrDefault(package.Id) is not { } version || PackageId.IsSameVersion(version, package.Version)) continue;
            var message = $"The package sources have no {package.Id} {package.Version}, and gave {version}. Write that version, or add the source that has the other.";
            diagnostics.Add(new Diagnostic(FlowCodes.BadPackage, message, directive.Location, DiagnosticSeverity.Warning));
        }

        return found with
        {
            // A library named by hand goes before a package's assembly of the same name.
            Compile = [.. found.Compile, .. restored.Compile.Where(p => !found.Libraries.ContainsKey(Path.GetFileNameWithoutExtension(p))).Select(ScriptReferences.ReferenceTo)],
            Managed = restored.Managed.Where(m => !found.Libraries.ContainsKey(m.Key)).ToDictionary(),
            Native = [.. found.Native, .. restored.Native],
            Packages = [.. wanted.Select(w => w.Package.ToString()).Distinct()],
            Diagnostics = diagnostics,
        };
    }

    private static IEnumerable<Diagnostic> Contradictions(List<(ReferenceDirective Directive, PackageId Package)> wanted) =>
        from same in wanted.GroupBy(w => w.Package.Id, StringComparer.OrdinalIgnoreCase)
        let first = same.First()
        from other in same.Skip(1)
        where !PackageId.IsSameVersion(first.Package.Version, other.Package.Version)
        select Refusal(
            $"Package {other.Package.Id} is wanted as {other.Package.Version} here and as {first.Package.Version} at {first.Directive.Location}. Use one version.",
            other.Directive);

    // NuGet names the package it speaks of, not the line.
    private static Diagnostic Blame(string message, List<(ReferenceDirective Directive, PackageId Package)> wanted)
    {
        var meant = wanted.Find(w => message.Contains(w.Package.Id, StringComparison.OrdinalIgnoreCase));
        return Refusal($"The package can't be restored: {message}", (meant.Directive ?? wanted[0].Directive));
    }

    private static Diagnostic Refusal(string message, ReferenceDirective directive) => new(FlowCodes.BadPackage, message, directive.Location);
}
