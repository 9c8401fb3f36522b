using Wizart.Flow.Engine.Alarms;

namespace Wizart.Flow.Testing;

/// <summary>Rings for retries at once and for looks of sensors soon; everything else keeps its time.</summary>
internal sealed class ImpatientAlarms(LocalAlarms alarms, TimeProvider time) : IAlarms
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    public void Set(Alarm alarm, DateTimeOffset due) => alarms.Set(alarm, alarm switch
    {
        Alarm.RetryDue => time.GetUtcNow(),
        Alarm.LookDue when due > time.GetUtcNow() + Soon => time.GetUtcNow() + Soon,
        _ => due,
    });

    public void Cancel(string key) => alarms.Cancel(key);
}
