using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Telemetry;

namespace Wizart.Flow.Engine.Maintenance;

/// <summary>Calls each duty when its time has come; the alarms are those of the one clock.</summary>
public sealed class DutyRoster(IAlarms alarms, TimeProvider time, ILogger<DutyRoster> log)
{
    private readonly ConcurrentDictionary<string, IDuty> _duties = [];
    private readonly ConcurrentDictionary<string, DutyRound> _rounds = [];

    /// <summary>How late rounds began, in seconds: how far the clock, or the machine, lags behind.</summary>
    public Distribution Delays { get; } = Distribution.OfDelays();

    /// <summary>Adds a duty; its first round comes after its own period.</summary>
    /// <exception cref="ArgumentException">There is one of this name already.</exception>
    public void Add(IDuty duty)
    {
        if (!_duties.TryAdd(duty.Name, duty)) throw new ArgumentException($"There is a duty '{duty.Name}' already.", nameof(duty));
        SetNext(duty, null);
    }

    /// <summary>Where a duty stands; null when there is none of this name.</summary>
    public DutyRound? Find(string name) => _rounds.GetValueOrDefault(name);

    /// <summary>A duty's time has come.</summary>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        if (!_duties.TryGetValue(name, out var duty)) return;
        var begun = time.GetUtcNow();
        if (_rounds.TryGetValue(name, out var round))
        {
            Delays.Note(round.Overdue(begun).TotalSeconds);
            _rounds[name] = round with { BegunAt = begun };
        }

        try
        {
            await duty.RunAsync(cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The round of {Duty} failed; the next comes in {Every}", name, duty.Every);
        }

        SetNext(duty, time.GetUtcNow());
    }

    private void SetNext(IDuty duty, DateTimeOffset? ended)
    {
        var due = time.GetUtcNow() + duty.Every;
        _rounds[duty.Name] = new DutyRound(duty.Name, due, null, ended);
        alarms.Set(new Alarm.Maintenance(duty.Name), due);
    }
}
