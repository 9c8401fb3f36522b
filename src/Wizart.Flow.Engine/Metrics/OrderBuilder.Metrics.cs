using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Attempts;

public sealed partial class OrderBuilder
{
    private static readonly Dictionary<string, IReadOnlyList<TrendPoint>> NoTrends = [];

    /// <summary>
    /// Only what runs of earlier logical dates told: a run that is done again, or late, sees the same as it would have seen in time.
    /// </summary>
    private async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<TrendPoint>>> TrendsAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<TrendPoint>>? found = null;
        foreach (var input in attempt.Task.Inputs)
        {
            if (input is not { Kind: InputKind.Trend, Trend: { } trend } || found?.ContainsKey(trend.Key) == true) continue;
            var points = await metrics.MetricPointsAsync(
                new MetricFilter(trend.Name) { DagId = trend.DagId ?? attempt.Run.DagId, Tags = trend.Tags, Until = attempt.Run.LogicalDate, Count = trend.Last },
                cancellation);
            (found ??= [])[trend.Key] = [.. points.Reverse().Select(p => p.ToTrend())];
        }

        return found ?? NoTrends;
    }
}
