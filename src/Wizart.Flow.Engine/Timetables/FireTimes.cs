namespace Wizart.Flow.Engine.Timetables;

/// <summary>An ordered set of instants at which a schedule fires.</summary>
internal abstract class FireTimes
{
    /// <summary>The first fire time strictly later; null when there is none.</summary>
    public abstract DateTimeOffset? After(DateTimeOffset time);

    /// <summary>The last fire time that is not later; null when there is none.</summary>
    public abstract DateTimeOffset? AtOrBefore(DateTimeOffset time);

    /// <summary>How many fire times lie between the two, both included. Those that must be walked are not counted beyond <paramref name="most"/>.</summary>
    public virtual long Count(DateTimeOffset first, DateTimeOffset last, long most = long.MaxValue)
    {
        var count = 0L;
        for (var fire = After(Instants.JustBefore(first)); fire is { } time && time <= last && count <= most; fire = After(time)) count++;
        return count;
    }
}
