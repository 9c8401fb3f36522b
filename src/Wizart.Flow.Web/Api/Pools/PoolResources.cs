namespace Wizart.Flow.Web;

/// <summary>A pool and what is going on in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">How many slots it has: what a person set, or what the scripts say.</param>
/// <param name="Declared">How many slots the scripts give it; of different numbers the smallest.</param>
/// <param name="Set">How many slots a person gave it; null when none did.</param>
/// <param name="Active">Whether a script declares it now.</param>
/// <param name="Used">How many slots running attempts hold, on all nodes.</param>
/// <param name="Waiting">How many task instances wait for slots.</param>
/// <param name="Holders">Who holds slots.</param>
public sealed record PoolResource(
    string Name, int Slots, int Declared, int? Set, bool Active, int Used, int Waiting, IReadOnlyList<HolderResource> Holders)
{
    /// <summary>The pool as the API tells it.</summary>
    public static PoolResource Of(Engine.Commands.PoolStatus status) => new(
        status.Pool.Name, status.Pool.Slots, status.Pool.Declared, status.Pool.Set, status.IsDeclared, status.Used, status.Waiting,
        [.. status.Holders.Select(h => new HolderResource(h.RunId, h.DagId, h.TaskId, h.MapIndex, h.Slots))]);
}

/// <summary>A task instance that holds slots of a pool.</summary>
public sealed record HolderResource(long RunId, string DagId, string Task, int MapIndex, int Slots);
