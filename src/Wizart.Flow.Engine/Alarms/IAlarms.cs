namespace Wizart.Flow.Engine.Alarms;

/// <summary>The one clock: rings at a time. On the daemon this is Quartz; what must survive a restart is set anew from the store.</summary>
public interface IAlarms
{
    /// <summary>Sets an alarm, replacing one of the same <see cref="Alarm.Key"/>. One that is due already rings at once.</summary>
    void Set(Alarm alarm, DateTimeOffset due);

    /// <summary>Takes an alarm back; nothing happens when it isn't set.</summary>
    void Cancel(string key);
}

/// <summary>Hears alarms.</summary>
public interface IAlarmHandler
{
    /// <summary>An alarm rings. Must be harmless when it rings twice or late.</summary>
    Task RingAsync(Alarm alarm, CancellationToken cancellation);
}

/// <summary>What an alarm is about.</summary>
public abstract record Alarm
{
    /// <summary>What makes it one and the same alarm.</summary>
    public abstract string Key { get; }

    /// <summary>A DAG's next scheduled run is due.</summary>
    public sealed record ScheduleDue(string DagId) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"schedule/{DagId}";
    }

    /// <summary>The wait before a retry is over.</summary>
    public sealed record RetryDue(long RunId, int TaskIndex, int MapIndex, int Attempt) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"retry/{RunId}/{TaskIndex}/{MapIndex}";
    }

    /// <summary>A deferred instance is to be looked at again, or has waited as long as it may.</summary>
    public sealed record LookDue(long RunId, int TaskIndex, int MapIndex, int Looks) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"look/{RunId}/{TaskIndex}/{MapIndex}";
    }

    /// <summary>An attempt has lasted as long as it may.</summary>
    public sealed record AttemptTimeout(long RunId, int TaskIndex, int MapIndex, int Attempt, TimeSpan Limit) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"attempt/{RunId}/{TaskIndex}/{MapIndex}/{Attempt}";
    }

    /// <summary>A run has lasted as long as it may.</summary>
    public sealed record RunTimeout(long RunId, TimeSpan Limit) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"run/{RunId}";
    }

    /// <summary>A backfill that could not go on is to be tried again.</summary>
    public sealed record BackfillDue(long BackfillId) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"backfill/{BackfillId}";
    }

    /// <summary>The next try of a delivery is due.</summary>
    public sealed record DeliveryDue(long DeliveryId) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"delivery/{DeliveryId}";
    }

    /// <summary>Deliveries of a run could not be read, and are to be looked for again.</summary>
    public sealed record DeliveriesOfRun(long RunId) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"deliveries/{RunId}";
    }

    /// <summary>A run was to be over by now.</summary>
    public sealed record RunDeadline(long RunId, long VersionId, int Deadline) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"deadline/{RunId}/{Deadline}";
    }

    /// <summary>A limit that attempts of other nodes hold is to be looked at again.</summary>
    public sealed record LimitDue(Limits.LimitKey Limit) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"limit/{Limit.Kind}/{Limit.Name}";
    }

    /// <summary>A run that other runs wait for, and that another node works on, is to be looked at again.</summary>
    public sealed record PastDue(long RunId) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"past/{RunId}";
    }

    /// <summary>A duty's next round is due.</summary>
    public sealed record Maintenance(string Duty) : Alarm
    {
        /// <inheritdoc/>
        public override string Key => $"duty/{Duty}";
    }
}
