using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Engine.Storage;

/// <summary>Who changed what.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The user, token or part of the system.</param>
/// <param name="Action">A verb: <c>trigger</c>, <c>cancel</c>, <c>pause</c>…</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Detail">More, as JSON; null when there is none.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, string Action, string Target, string? Detail)
{
    /// <summary>What somebody did, with where it came from.</summary>
    public AuditEntry(DateTimeOffset at, Caller caller, string action, string target, string? detail)
        : this(at, caller.Name, action, target, detail) => Address = caller.Address;

    /// <summary>The store's number for it, growing; zero before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>From where: the address of the other end, or <c>daemon</c>; null where that was not recorded.</summary>
    public string? Address { get; init; }
}

/// <summary>Which entries of the audit log are asked for.</summary>
/// <param name="BeforeId">With a number smaller than this: the next page.</param>
/// <param name="Actor">Of this actor only.</param>
/// <param name="Action">Of this action only.</param>
/// <param name="Target">On this target, and on what belongs to it: <c>etl</c> finds <c>etl</c>, <c>etl/7</c> and <c>etl/7/load</c>.</param>
/// <param name="From">Not before this.</param>
/// <param name="To">Before this.</param>
/// <param name="Count">At most so many; 1 to 1,000.</param>
public sealed record AuditFilter(
    long? BeforeId = null, string? Actor = null, string? Action = null, string? Target = null, DateTimeOffset? From = null,
    DateTimeOffset? To = null, int Count = 100);
