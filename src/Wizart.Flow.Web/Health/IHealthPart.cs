namespace Wizart.Flow.Web.Health;

/// <summary>A part of the daemon that can be asked how it is.</summary>
public interface IHealthPart
{
    /// <summary>What it is called: <c>scheduler</c>, <c>database</c>…</summary>
    string Name { get; }

    /// <summary>How it is.</summary>
    ValueTask<PartHealth> CheckAsync(CancellationToken cancellation);
}

/// <summary>How a part is.</summary>
/// <param name="Status">What it does.</param>
/// <param name="Beat">When it last gave a sign of life; null when it has not yet.</param>
/// <param name="Detail">More, without what only who is signed in should know; null when there is nothing to say.</param>
public sealed record PartHealth(PartStatus Status, DateTimeOffset? Beat, string? Detail = null);

/// <summary>What a part does.</summary>
public enum PartStatus
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It is behind, and the daemon does without it for a while.</summary>
    Late,

    /// <summary>Without it the daemon does not do what it is for: its health as a whole is 503.</summary>
    Failed,
}
