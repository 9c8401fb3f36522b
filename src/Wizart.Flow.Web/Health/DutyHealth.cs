using Wizart.Flow.Engine.Maintenance;

namespace Wizart.Flow.Web.Health;

/// <summary>A part whose sign of life is a duty that comes again and again.</summary>
/// <param name="name">What the part is called.</param>
/// <param name="duties">Where the duty stands.</param>
/// <param name="duty">The duty.</param>
/// <param name="limit">How long it may be overdue.</param>
/// <param name="overdue">What the part is then.</param>
/// <param name="time">The clock.</param>
/// <param name="detail">What else there is to say; null for nothing.</param>
public sealed class DutyHealth(
    string name, DutyRoster duties, string duty, TimeSpan limit, PartStatus overdue, TimeProvider time, Func<string>? detail = null) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ValueTask<PartHealth> CheckAsync(CancellationToken cancellation)
    {
        if (duties.Find(duty) is not { } round) return new(new PartHealth(overdue, null, "has not begun"));
        var isOverdue = round.Overdue(time.GetUtcNow()) > limit;
        return new(new PartHealth(isOverdue ? overdue : PartStatus.Ok, round.EndedAt, isOverdue ? "its pulse has stopped" : detail?.Invoke()));
    }
}
