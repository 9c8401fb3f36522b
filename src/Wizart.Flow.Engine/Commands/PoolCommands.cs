using System.Globalization;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Commands;

/// <summary>A pool and what is going on in it.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Used">How many of its slots running attempts hold.</param>
/// <param name="Waiting">How many instances wait for slots on this node.</param>
/// <param name="Holders">Who holds slots.</param>
/// <param name="IsDeclared">Whether a script declares it now.</param>
public sealed record PoolStatus(StoredPool Pool, int Used, int Waiting, IReadOnlyList<Holder> Holders, bool IsDeclared);

/// <summary>What people and programs may ask of pools. Everything that changes something is in the audit log.</summary>
public sealed class PoolCommands(RunCoordinator coordinator, DagCatalog catalog, IFlowStore store, TimeProvider time)
{
    /// <summary>The most slots that a pool may have.</summary>
    public const int MostSlots = 1_000_000;

    /// <summary>All pools.</summary>
    public async Task<IReadOnlyList<PoolStatus>> ListAsync(CancellationToken cancellation)
    {
        var pools = await store.PoolsAsync(cancellation);
        return await StatusAsync(pools, cancellation);
    }

    /// <summary>Gives a pool another number of slots, which counts whatever the scripts say, until it is reset. Attempts that run go on.</summary>
    /// <exception cref="FlowCommandException">There is no such pool, or the number makes no sense.</exception>
    public Task<PoolStatus> SetAsync(string name, int slots, Caller actor) => slots is >= 1 and <= MostSlots
        ? ChangeAsync(name, slots, actor, "set pool", slots.ToString(CultureInfo.InvariantCulture))
        : throw new FlowCommandException(
            Refusal.Invalid,
            string.Create(CultureInfo.InvariantCulture, $"Pool '{name}' can't have {slots} slots: from 1 to {MostSlots} make sense. To stop its tasks, pause their DAGs."));

    /// <summary>What the scripts say counts again.</summary>
    /// <exception cref="FlowCommandException">There is no such pool.</exception>
    public Task<PoolStatus> ResetAsync(string name, Caller actor) => ChangeAsync(name, null, actor, "reset pool", null);

    private async Task<PoolStatus> ChangeAsync(string name, int? slots, Caller actor, string action, string? detail)
    {
        var changed = await coordinator.ExecuteAsync(async transaction =>
        {
            if (await transaction.SetPoolAsync(name, slots) is not { } pool) return null;
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, action, name, detail));
            return pool;
        });
        if (changed is null)
        {
            var known = (await store.PoolsAsync(CancellationToken.None)).Select(pool => pool.Name);
            throw new FlowCommandException(
                Refusal.NotFound, $"There is no pool '{name}'.{Nearest.Hint(name, known)} A pool is there once a script declares it: Pool(\"{name}\", slots).");
        }

        await coordinator.LookAtAsync(LimitKey.OfPool(name));
        return (await StatusAsync([changed], CancellationToken.None))[0];
    }

    private async Task<IReadOnlyList<PoolStatus>> StatusAsync(IReadOnlyList<StoredPool> pools, CancellationToken cancellation)
    {
        if (pools.Count == 0) return [];
        var waiting = await coordinator.WaitingAsync([.. pools.Select(pool => LimitKey.OfPool(pool.Name))]);
        var declared = catalog.All.Where(dag => dag.IsActive).SelectMany(dag => dag.Version.Model.Pools).Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
        var found = new List<PoolStatus>(pools.Count);
        foreach (var pool in pools)
        {
            var holders = await store.HoldersAsync(LimitKey.OfPool(pool.Name), cancellation);
            found.Add(new PoolStatus(
                pool, holders.Sum(holder => holder.Slots), waiting[LimitKey.OfPool(pool.Name)], holders, declared.Contains(pool.Name)));
        }

        return found;
    }
}
