using System.CommandLine;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow next DAG</c>.</summary>
internal sealed class NextVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private const int DefaultCount = 10;
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<int?> _count = CommonOptions.Number("--count", $"How many. Default: {DefaultCount}.", 1, 100_000);

    private readonly Option<string?> _after = new("--after")
    {
        Description = "Those that may start later than this (ISO 8601, local to the schedule's zone). Default: now.",
        HelpName = "TIME",
    };

    /// <inheritdoc/>
    public override Command Create()
    {
        var command = new Command(
            "next",
            "Shows the next runs of a DAG, without a daemon. JSON (logicalDate, intervalStart, intervalEnd, runAfter) unless a person looks.")
        {
            _dag, _count, _after, Options.Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var folder = new LocalFolder(Pipelines(parsed), State(parsed), Terminal);
        var (_, dag) = await folder.FindAsync(parsed.GetRequiredValue(_dag), cancellation);
        var now = Terminal.Time.GetUtcNow();
        var after = ParamArguments.Date(dag, parsed.GetValue(_after), "--after") ?? now;
        // A schedule without a start counts from the first publication, which nobody knows here: any time will do, except
        // for a single run, which is due at once.
        var since = dag.TimeSchedule is OnceScheduleModel ? now : DateTimeOffset.MinValue;
        DueResource[] slots = [.. UpcomingSlots.After(dag, since, after)
            .Take(parsed.GetValue(_count) ?? DefaultCount)
            .Select(s => new DueResource(s.LogicalDate, s.Interval.Start, s.Interval.End, s.RunAfter))];

        if (parsed.GetValue(Options.Output) is { } format ? format == OutputFormat.Json : !Terminal.IsInteractive) Terminal.WriteJson(slots);
        else if (slots.Length == 0 && dag is { AssetSchedule: { } assets, TimeSchedule: null })
            Terminal.Error.WriteLine($"'{dag.Id}' runs on updates of {assets.Assets}: when that is, nobody knows.");
        else if (slots.Length == 0) Terminal.Error.WriteLine($"Nothing starts '{dag.Id}' after {Words.Time(after)}: {dag.Schedule?.Text ?? "it has no schedule"}.");
        else Write(slots, now);
        if (slots.Length > 0 && dag.AssetSchedule is { } other)
        {
            Terminal.Error.WriteLine(other.StartsRuns
                ? $"'{dag.Id}' runs on updates of {other.Assets} as well: when that is, nobody knows."
                : $"Each of these waits until {other.Assets} {(other.Assets is AssetUpdated ? "was" : "were")} updated since the last run.");
        }

        return ExitCodes.Fine;
    }

    private void Write(DueResource[] slots, DateTimeOffset now)
    {
        var columns = new Columns("RUNS AFTER", "", "INTERVAL FROM", "TO");
        foreach (var slot in slots)
        {
            columns.Add(
                Words.Time(slot.RunAfter), $"[dim]{Words.Away(slot.RunAfter, now)}[/]", Words.Time(slot.IntervalStart), Words.Time(slot.IntervalEnd));
        }

        columns.Write(Terminal);
    }
}
