using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>Backfills as people read them.</summary>
internal static class BackfillWords
{
    /// <summary><c>1 run</c>, <c>5260000 runs</c>.</summary>
    public static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>How far it is: <c>running, 40 of 365 intervals (11 %), 30 success, 10 running</c>.</summary>
    public static string Progress(BackfillResource backfill)
    {
        var dealt = backfill.Created + backfill.Skipped;
        var share = backfill.Total == 0 ? 100 : 100 * dealt / backfill.Total;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{SnakeCaseEnums.Word(backfill.State)}, {dealt} of {backfill.Total} intervals ({share} %), {Runs(backfill)}");
    }

    /// <summary>Its runs by state: <c>30 success, 10 running, 5 intervals left alone</c>.</summary>
    public static string Runs(BackfillResource backfill)
    {
        string[] runs = [.. backfill.Runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Value} {r.Key}"))];
        var text = runs.Length == 0 ? "no runs" : string.Join(", ", runs);
        return backfill.Skipped == 0 ? text : $"{text}, {Count(backfill.Skipped, "interval")} left alone";
    }
}
