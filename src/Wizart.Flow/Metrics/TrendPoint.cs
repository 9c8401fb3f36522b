namespace Wizart.Flow;

/// <summary>A value of a metric, of an earlier run.</summary>
/// <param name="LogicalDate">The logical date of the run that told it.</param>
/// <param name="Value">The value.</param>
/// <param name="RunId">The run.</param>
/// <param name="Time">When it was told, which for a back-dated run is long after its logical date.</param>
/// <param name="Tags">What was said with it.</param>
public sealed record TrendPoint(DateTimeOffset LogicalDate, double Value, long RunId, DateTimeOffset Time, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>By how many percent a value is more than this one, less when negative; null when this one is zero.</summary>
    public double? Change(double now) => Value == 0 ? null : (now - Value) / Math.Abs(Value) * 100;
}
