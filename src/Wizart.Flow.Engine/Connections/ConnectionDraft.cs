namespace Wizart.Flow.Engine.Connections;

/// <summary>A connection as a person writes it down.</summary>
/// <param name="Type">Which kind; null to keep it.</param>
/// <param name="Values">Settings by name. Null removes one. Secrets that are left out, or given as <c>***</c>, stay as they are.</param>
public sealed record ConnectionDraft(string? Type, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>What stands in the place of a secret wherever people look.</summary>
    public const string Hidden = "***";

    /// <summary>Words for people; null for none.</summary>
    public string? Description { get; init; }
}
