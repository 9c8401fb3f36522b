using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class ScriptScope
{
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.Ordinal);

    internal Pool AddPool(Pool pool)
    {
        CheckId("pool", pool.Name, pool.Location);
        if (pool.Slots < 1)
        {
            Report(
                FlowCodes.BadPool,
                string.Create(CultureInfo.InvariantCulture, $"Pool '{pool.Name}' has {pool.Slots} slots; it must have at least 1."),
                pool.Location);
        }

        if (_pools.TryAdd(pool.Name, pool) || _pools[pool.Name].Slots == pool.Slots) return pool;
        var first = _pools[pool.Name];
        Report(
            FlowCodes.BadPool,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Pool '{pool.Name}' has {pool.Slots} slots here and {first.Slots} at line {first.Location.Line}. Declare it once and share the variable."),
            pool.Location);
        return pool;
    }
}
