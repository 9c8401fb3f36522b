using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sql;

/// <summary>Adds this provider's clients.</summary>
public static class SqlConnectionTypes
{
    /// <summary>Connections of type <c>sqlite</c> and <c>postgres</c> give a <see cref="Database"/>.</summary>
    public static ConnectionTypes AddSql(this ConnectionTypes types) =>
        types.Add(["sqlite", "postgres"], (settings, scope) => new Database(settings, scope))
            .Describe("sqlite", SqlKinds.Sqlite).Describe("postgres", SqlKinds.Postgres);
}
