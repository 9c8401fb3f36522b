namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryFlowQueries
{
    public Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation) =>
        List(now().Variables.Where(v => after is null || string.CompareOrdinal(v.Key, after) > 0).OrderBy(v => v.Key, StringComparer.Ordinal).Take(count)
            .Select(v => new StoredVariable(v.Key, v.Value)));
}
