using System.Runtime.CompilerServices;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Reads long logs piece by piece.</summary>
internal static class LogPages
{
    private const int LinesAtOnce = 1_000;

    /// <summary>The stored lines of an attempt from a number on, at most so many.</summary>
    public static async IAsyncEnumerable<NumberedLogLine> ReadAsync(
        IFlowQueries queries, AttemptKey key, int from, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (count > 0)
        {
            var wanted = Math.Min(count, LinesAtOnce);
            var page = await queries.LogAsync(key, from, wanted, cancellation);
            foreach (var line in page) yield return line;
            if (page.Count < wanted || page[^1].Number == int.MaxValue) yield break;
            from = page[^1].Number + 1;
            count -= page.Count;
        }
    }
}
