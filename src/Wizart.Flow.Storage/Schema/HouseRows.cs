namespace Wizart.Flow.Storage.Schema;

// What belongs to the installation, not to a run.

internal sealed class ImportErrorRow
{
    public required string File { get; init; }
    public required string Diagnostics { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Source { get; init; }
}

internal sealed class VariableRow
{
    public required string Name { get; init; }
    public required string Value { get; init; }
}

internal sealed class ConnectionRow
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public string? Description { get; init; }

    /// <summary>The settings as JSON, encrypted.</summary>
    public required byte[] Settings { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What was answered to a request that may be sent again.</summary>
internal sealed class RequestAnswerRow
{
    public required string Id { get; init; }

    /// <summary>A hash of what was asked.</summary>
    public required string Request { get; init; }
    public required string Answer { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class AuditRow
{
    public long Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Action { get; init; }
    public required string Target { get; init; }
    public string? Address { get; init; }
    public string? Detail { get; init; }
}
