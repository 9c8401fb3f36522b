using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

internal sealed partial class SqlFlowQueries
{
    // Sorted here: PostgreSQL would sort names as a language does, and the next page begins where this order says.
    public async Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation)
    {
        var names = await store.ReadAsync(
            connection => connection.Command("select name from variables").ListAsync(row => row.GetString(0), cancellation), cancellation);
        string[] page = [.. names.Where(name => after is null || string.CompareOrdinal(name, after) > 0).Order(StringComparer.Ordinal).Take(count)];
        var values = await store.LoadVariablesAsync(page, cancellation);
        return [.. page.Where(values.ContainsKey).Select(name => new StoredVariable(name, values[name]))];
    }
}
