namespace Wizart.Flow.Providers.Sql.Statements;

/// <summary>SQL whose values are parameters: the first is <c>@1</c>.</summary>
internal sealed record Statement(string Sql, IReadOnlyList<object?> Values)
{
    /// <summary>A statement of our own without values.</summary>
    public static Statement Plain(string sql) => new(sql, []);
}
