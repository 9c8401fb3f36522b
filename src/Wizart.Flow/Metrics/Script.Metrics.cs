namespace Wizart.Flow;

public static partial class Script
{
    /// <summary>The earlier values of a metric that bodies of this DAG told with <c>run.Metric(name, value)</c>.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="last">How many of its newest points are given, of runs with an earlier logical date. From 1 to 10,000.</param>
    /// <param name="tags">Only points that have all of these tags.</param>
    public static TrendInput Trend(string name, int last = 10, params (string Key, string Value)[] tags) => new(name, last, tags);
}
