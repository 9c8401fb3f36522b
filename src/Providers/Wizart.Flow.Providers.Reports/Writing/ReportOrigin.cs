namespace Wizart.Flow.Providers.Reports.Writing;

/// <summary>Which run a report is of.</summary>
internal static class ReportOrigin
{
    /// <summary>The words at its end; null outside of a run.</summary>
    public static string? Words
    {
        get
        {
            if (TaskContext.Current is not { } run) return null;
            var interval = run.Interval.Start == run.Interval.End
                ? Figures.Time(run.Interval.Start)
                : $"{Figures.Time(run.Interval.Start)} to {Figures.Time(run.Interval.End)}";
            return FormattableString.Invariant($"{run.DagId}, run {run.RunId}, of {interval}. Written {Figures.Time(run.Time.GetUtcNow())}.");
        }
    }
}
