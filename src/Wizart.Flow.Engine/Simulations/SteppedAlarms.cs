using Wizart.Flow.Engine.Alarms;

namespace Wizart.Flow.Engine.Simulations;

/// <summary>Alarms that ring when they are taken, the earliest first.</summary>
internal sealed class SteppedAlarms : IAlarms
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Alarm Alarm, DateTimeOffset Due)> _set = new(StringComparer.Ordinal);

    /// <summary>When the next rings; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate) return _set.Count == 0 ? null : _set.Values.Min(a => a.Due);
        }
    }

    public void Set(Alarm alarm, DateTimeOffset due)
    {
        lock (_gate) _set[alarm.Key] = (alarm, due);
    }

    public void Cancel(string key)
    {
        lock (_gate) _set.Remove(key);
    }

    /// <summary>All that are due by a time; they are set no more.</summary>
    public IReadOnlyList<Alarm> Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            Alarm[] due = [.. _set.Values.Where(a => a.Due <= now).OrderBy(a => a.Due).ThenBy(a => a.Alarm.Key, StringComparer.Ordinal).Select(a => a.Alarm)];
            foreach (var alarm in due) _set.Remove(alarm.Key);
            return due;
        }
    }

    /// <summary>Forgets all, as a stopped daemon does.</summary>
    public void Clear()
    {
        lock (_gate) _set.Clear();
    }
}
