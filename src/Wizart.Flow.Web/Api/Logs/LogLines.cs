using System.Runtime.CompilerServices;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web;

/// <summary>Which lines of a log are wanted.</summary>
/// <param name="Level">At least this grave.</param>
/// <param name="Contains">With this text, in any case; null for all.</param>
internal sealed record LogLines(LogLevel Level, string? Contains)
{
    /// <summary>All lines.</summary>
    public static LogLines All { get; } = new(LogLevel.Debug, null);

    /// <summary>The wanted lines of an attempt from a number on, at most so many.</summary>
    public async IAsyncEnumerable<NumberedLogLine> ReadAsync(
        IFlowQueries queries, AttemptKey key, int from, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Without a filter no more is read than is wanted.
        var isAll = Level == LogLevel.Debug && string.IsNullOrEmpty(Contains);
        await foreach (var line in LogPages.ReadAsync(queries, key, from, isAll ? count : int.MaxValue, cancellation))
        {
            if (!isAll && !Has(line)) continue;
            yield return line;
            if (--count == 0) yield break;
        }
    }

    /// <summary>Whether a line is wanted.</summary>
    public bool Has(NumberedLogLine line) =>
        line.Line.Level >= Level && (Contains is null || line.Line.Text.Contains(Contains, StringComparison.OrdinalIgnoreCase));
}
