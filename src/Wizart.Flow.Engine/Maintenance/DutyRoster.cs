using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;

namespace Wizart.Flow.Engine.Maintenance;

/// <summary>Calls each duty when its time has come; the alarms are those of the one clock.</summary>
public sealed class DutyRoster(IAlarms alarms, TimeProvider time, ILogger<DutyRoster> log)
{
    private readonly Dictionary<string, IDuty> _duties = [];

    /// <summary>Adds a duty; its first round comes after its own period.</summary>
    public void Add(IDuty duty)
    {
        _duties.Add(duty.Name, duty);
        alarms.Set(new Alarm.Maintenance(duty.Name), time.GetUtcNow() + duty.Every);
    }

    /// <summary>A duty's time has come.</summary>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        if (!_duties.TryGetValue(name, out var duty)) return;
        try
        {
            await duty.RunAsync(cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The round of {Duty} failed; the next comes in {Every}", name, duty.Every);
        }

        alarms.Set(new Alarm.Maintenance(name), time.GetUtcNow() + duty.Every);
    }
}
