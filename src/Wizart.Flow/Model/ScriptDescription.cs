namespace Wizart.Flow.Model;

/// <summary>What the evaluation of one script gave.</summary>
/// <param name="Dags">The DAGs it declared, those with errors included as far as they are known.</param>
/// <param name="Diagnostics">All that is wrong with them.</param>
public sealed record ScriptDescription(IReadOnlyList<DagModel> Dags, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the script may be used.</summary>
    public bool IsValid => Diagnostics.All(d => d.Severity != DiagnosticSeverity.Error);
}
