namespace Wizart.Flow.Providers.Sql.Tables;

/// <summary>A table that exists.</summary>
/// <param name="Columns">Its columns in order.</param>
/// <param name="UniqueKeys">The sets of columns of which it holds each combination at most once.</param>
internal sealed record TableShape(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlySet<string>> UniqueKeys);

/// <summary>A column of a table.</summary>
/// <param name="Name">Its exact name.</param>
/// <param name="Type">Its type in the database's own words, without length.</param>
internal sealed record TableColumn(string Name, string Type);
