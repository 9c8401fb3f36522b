using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Web;

/// <summary>A connection, without its secrets.</summary>
/// <param name="Id">The id that scripts name.</param>
/// <param name="Type">Which kind it is.</param>
/// <param name="Description">Words for people.</param>
/// <param name="Origin">Where it stands: only those of the database are changed here.</param>
/// <param name="Values">Its settings by name. A secret is shown as <c>***</c>.</param>
/// <param name="Secrets">The names of its settings that are secret and have a value.</param>
/// <param name="UpdatedAt">When it was last changed; null where that is not known.</param>
/// <param name="Problem">Why it can't be used.</param>
public sealed record ConnectionResource(
    string Id, string Type, string? Description, ConnectionOrigin Origin, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Secrets,
    DateTimeOffset? UpdatedAt, string? Problem)
{
    /// <summary>The connection as the API tells it.</summary>
    public static ConnectionResource Of(KnownConnection known, ConnectionKind? kind)
    {
        var values = known.Settings?.Values.OrderBy(v => v.Key, StringComparer.Ordinal).ToArray() ?? [];
        return new ConnectionResource(
            known.Id, known.Type, known.Description, known.Origin, values.ToDictionary(v => v.Key, v => ConnectionText.Shown(v.Key, v.Value, kind)),
            [.. values.Where(v => v.Value.Length > 0 && (kind?.IsSecret(v.Key) ?? ConnectionSettings.IsSecret(v.Key))).Select(v => v.Key)],
            known.UpdatedAt, known.Problem);
    }
}

/// <summary>What stores a connection.</summary>
/// <param name="Type">Which kind; left out, it stays.</param>
/// <param name="Values">Settings by name, as texts. Those left out are removed, but for secrets, which stay; null or empty removes a secret.</param>
/// <param name="Description">Words for people.</param>
public sealed record ConnectionBody(string? Type = null, IReadOnlyDictionary<string, string?>? Values = null, string? Description = null);

/// <summary>What came of trying a connection.</summary>
/// <param name="Ok">Whether it works.</param>
/// <param name="Message">What was found, or what went wrong and what to do.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ConnectionTrialResource(bool Ok, string Message, double Seconds);

/// <summary>A kind of connection: what a form for it asks.</summary>
/// <param name="Name">The value of <c>type</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="CanBeTried">Whether connections of it can be tried.</param>
/// <param name="Settings">What it needs to know, in the order of a form.</param>
/// <param name="Further">Further settings that it takes: names, and beginnings of names that end with a dot.</param>
public sealed record ConnectionTypeResource(
    string Name, string Title, string Description, bool CanBeTried, IReadOnlyList<SettingField> Settings, IReadOnlyList<string> Further)
{
    /// <summary>The kind as the API tells it.</summary>
    public static ConnectionTypeResource Of(ConnectionKind kind) => new(kind.Name, kind.Title, kind.Description, kind.Check is not null, kind.Settings, kind.Further);
}
