namespace Wizart.Flow.Benchmarks.Figures;

/// <summary>What a row gave.</summary>
/// <param name="Measured">The figures.</param>
/// <param name="RawLimit">What the machine could do at best, measured in the same run.</param>
/// <param name="IsWithin">Whether the budget is kept; null when it was not measured.</param>
internal sealed record RowResult(string Measured, string RawLimit, bool? IsWithin);
