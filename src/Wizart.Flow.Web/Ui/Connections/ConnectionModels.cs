using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Web.Ui.Connections;

/// <summary>The list of connections.</summary>
/// <param name="Rows">All of them, by id.</param>
/// <param name="Missing">Ids that scripts name and nothing defines, with the DAGs that name them.</param>
/// <param name="Kinds">What can be set up.</param>
public sealed record ConnectionsModel(
    IReadOnlyList<ConnectionRow> Rows, IReadOnlyList<(string Id, IReadOnlyList<string> Dags)> Missing, IReadOnlyList<ConnectionKind> Kinds);

/// <summary>A connection of the list.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Title">What people call its kind.</param>
/// <param name="Dags">The DAGs whose tasks name it.</param>
public sealed record ConnectionRow(KnownConnection Connection, string Title, IReadOnlyList<string> Dags);

/// <summary>The form of a connection.</summary>
/// <param name="Id">Its id, as it stands in the field.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Known">The connection as it is; null for a new one.</param>
/// <param name="Texts">What stands in the fields; never a secret.</param>
/// <param name="Description">Words for people.</param>
/// <param name="Mistakes">What is wrong.</param>
/// <param name="Trial">What came of trying it.</param>
public sealed record ConnectionFormModel(
    string Id, ConnectionKind Kind, KnownConnection? Known, IReadOnlyDictionary<string, string> Texts, string Description, IReadOnlyList<string> Mistakes,
    ConnectionTrial? Trial)
{
    /// <summary>Whether it stands in a file or in the environment, where only its author changes it.</summary>
    public bool IsGiven => Known is { Origin: not ConnectionOrigin.Database };

    /// <summary>Whether a secret has a value, which is not shown.</summary>
    public bool HasSecret(string name) => Known?.Settings?.Find(name) is { Length: > 0 };

    /// <summary>What stands wrong with one field.</summary>
    public string? MistakeOf(string name) => Mistakes.FirstOrDefault(m => m.StartsWith(name + " ", StringComparison.Ordinal));

    /// <summary>What is wrong with none of the fields.</summary>
    public IEnumerable<string> OtherMistakes => Mistakes.Where(m => !Kind.Settings.Any(s => m.StartsWith(s.Name + " ", StringComparison.Ordinal)));

    /// <summary>Its path, from the base on.</summary>
    public string Path => Known is null ? "connections/new" : $"connections/{Uri.EscapeDataString(Id)}";
}
