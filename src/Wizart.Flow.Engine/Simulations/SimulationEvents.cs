using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>What is done to the daemon, in the order in which it is done when several come at one time.</summary>
internal enum SimulatedAct
{
    Stop,
    Pause,
    Unpause,
    Start,
}

/// <summary>Something that is done to the daemon from outside.</summary>
internal readonly record struct SimulationEvent(DateTimeOffset At, SimulatedAct Act, string? DagId = null);

/// <summary>The events of a simulation.</summary>
internal static class SimulationEvents
{
    /// <summary>All within its span, in order.</summary>
    public static SimulationEvent[] Of(SimulationOptions options)
    {
        var events = new List<SimulationEvent> { new(options.From, SimulatedAct.Start) };
        foreach (var span in options.Downtimes) Add(span, SimulatedAct.Stop, SimulatedAct.Start, null);
        foreach (var (dagId, span) in options.Pauses) Add(span, SimulatedAct.Pause, SimulatedAct.Unpause, dagId);
        return [.. events.OrderBy(e => e.At).ThenBy(e => e.Act)];

        void Add(SimulatedSpan span, SimulatedAct begin, SimulatedAct end, string? dagId)
        {
            if (span.Until <= options.From || span.From >= options.To) return;
            events.Add(new SimulationEvent(Instants.Later(span.From, options.From), begin, dagId));
            events.Add(new SimulationEvent(span.Until, end, dagId));
        }
    }

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="FlowCommandException">All that is wrong.</exception>
    public static void Check(SimulationOptions options)
    {
        var wrong = new List<string>();
        if (options.From >= options.To) wrong.Add($"The range is turned round or empty: from {TimeText.Zoned(options.From)} to {TimeText.Zoned(options.To)}.");
        foreach (var span in options.Downtimes.Where(s => s.From >= s.Until))
            wrong.Add($"The downtime is turned round or empty: {TimeText.Zoned(span.From)} to {TimeText.Zoned(span.Until)}.");
        foreach (var (dagId, span) in options.Pauses)
        {
            if (span.From >= span.Until) wrong.Add($"The pause of '{dagId}' is turned round or empty: {TimeText.Zoned(span.From)} to {TimeText.Zoned(span.Until)}.");
            if (options.Dags.All(d => d.Id != dagId))
                wrong.Add($"DAG '{dagId}' is not simulated, so it can't be paused.{Nearest.Hint(dagId, options.Dags.Select(d => d.Id))}");
        }

        if (wrong.Count > 0) throw new FlowCommandException(Refusal.Invalid, string.Join(" ", wrong));
    }
}
