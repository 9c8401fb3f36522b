using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using Wizart.Flow.Scripting;

namespace Wizart.Flow.Testing;

/// <summary>All that is wrong with scripts, alone and together: what the daemon would say of them.</summary>
public static class ScriptChecks
{
    /// <summary>Compiler, rules, schedules, DAG ids and assets that files share, in the order of files and lines.</summary>
    /// <param name="imports">The scripts.</param>
    /// <param name="all">Whether these are all scripts there are: then an asset that none of them makes is told of.</param>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyList<ScriptImport> imports, bool all = false)
    {
        var found = new List<Diagnostic>();
        var ofAssets = AssetRules.Check([.. imports.SelectMany(i => i.Description.Dags)])
            .Where(d => all || d.Code != FlowCodes.NobodyMakes)
            .ToLookup(d => imports.FirstOrDefault(i => i.File == d.Location?.File)?.File ?? imports[0].File);
        foreach (var import in imports)
        {
            var own = import.Description.Diagnostics
                .Concat(import.Description.Dags.SelectMany(ScheduleRules.Check))
                .Concat(SharedIds(import, imports))
                .Concat(LimitChecks.PoolSizes(import.Description.Dags, Others(import, imports)))
                .Concat(ofAssets[import.File])
                .Select(d => d.Location is null ? d with { Location = new SourceLocation(import.File, 0) } : d)
                .Distinct();
            found.AddRange(own.OrderBy(d => d.Location!.File == import.File ? 0 : 1).ThenBy(d => d.Location!.File, StringComparer.Ordinal)
                .ThenBy(d => d.Location!.Line).ThenBy(d => d.Location!.Column));
        }

        // A mistake in a file that two scripts load is one mistake.
        return [.. found.Distinct()];
    }

    private static IEnumerable<(string File, DagModel Model)> Others(ScriptImport import, IReadOnlyList<ScriptImport> imports) =>
        imports.Where(other => other.File != import.File).SelectMany(other => other.Description.Dags.Select(dag => (Path.GetFileName(other.File), dag)));

    private static IEnumerable<Diagnostic> SharedIds(ScriptImport import, IReadOnlyList<ScriptImport> imports) =>
        from dag in import.Description.Dags.DistinctBy(d => d.Id)
        from other in imports
        where other.File != import.File && other.Description.Dags.Any(d => d.Id == dag.Id)
        let first = other.Description.Dags.First(d => d.Id == dag.Id).Location?.ToString() ?? other.File
        select new Diagnostic(
            FlowCodes.DuplicateDag,
            $"DAG '{dag.Id}' is declared here and in {first}. Give one of them another id.",
            dag.Location ?? new SourceLocation(import.File, 0));
}
