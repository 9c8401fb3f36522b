using Wizart.Flow.Engine.Alarms;

namespace Wizart.Flow.Testing;

/// <summary>Rings for retries at once; everything else keeps its time.</summary>
internal sealed class ImpatientAlarms(LocalAlarms alarms, TimeProvider time) : IAlarms
{
    public void Set(Alarm alarm, DateTimeOffset due) => alarms.Set(alarm, alarm is Alarm.RetryDue ? time.GetUtcNow() : due);

    public void Cancel(string key) => alarms.Cancel(key);
}
