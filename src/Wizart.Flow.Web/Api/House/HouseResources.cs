using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>How the daemon is.</summary>
/// <param name="Status"><c>ok</c> when it answers.</param>
public sealed record HealthResource(string Status);

/// <summary>A stored variable.</summary>
public sealed record VariableResource(string Name, JsonPayload Value);

/// <summary>Who changed what.</summary>
public sealed record AuditResource(DateTimeOffset At, string Actor, string Action, string Target, string? Detail);
