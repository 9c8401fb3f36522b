using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>How the daemon is.</summary>
/// <param name="Status"><c>ok</c> when it answers.</param>
public sealed record HealthResource(string Status);

/// <summary>A stored variable.</summary>
public sealed record VariableResource(string Name, JsonPayload Value);

/// <summary>Who changed what.</summary>
/// <param name="Id">Its number, growing; the last of a page is <c>before</c> of the next.</param>
/// <param name="At">When.</param>
/// <param name="Actor">The user, the token as <c>owner/token</c>, or the part of the system.</param>
/// <param name="Address">From where; null where that was not recorded.</param>
/// <param name="Action">What was done.</param>
/// <param name="Target">To what.</param>
/// <param name="Detail">More, as JSON.</param>
public sealed record AuditResource(long Id, DateTimeOffset At, string Actor, string? Address, string Action, string Target, string? Detail);
