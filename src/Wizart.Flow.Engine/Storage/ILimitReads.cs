using Wizart.Flow.Engine.Limits;

namespace Wizart.Flow.Engine.Storage;

/// <summary>What is known of limits; sees what is committed.</summary>
public interface ILimitReads
{
    /// <summary>All pools that a script ever declared, by name.</summary>
    Task<IReadOnlyList<StoredPool>> PoolsAsync(CancellationToken cancellation);

    /// <summary>Who holds slots of a limit now, the oldest run first.</summary>
    Task<IReadOnlyList<Holder>> HoldersAsync(LimitKey limit, CancellationToken cancellation);

    /// <summary>The same as <see cref="ILimitWrites.PastOfAsync"/>, of what is committed.</summary>
    Task<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId, CancellationToken cancellation);
}
