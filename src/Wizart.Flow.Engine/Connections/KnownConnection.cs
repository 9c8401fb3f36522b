using Wizart.Flow.Connections;

namespace Wizart.Flow.Engine.Connections;

/// <summary>Where a connection stands.</summary>
public enum ConnectionOrigin
{
    /// <summary>In a variable of the daemon's environment; goes before the others.</summary>
    Environment,

    /// <summary>In <c>connections.json</c>; goes before the database.</summary>
    File,

    /// <summary>In the database: the only place that people change through the daemon.</summary>
    Database,
}

/// <summary>A connection that tasks may use.</summary>
/// <param name="Id">The id that scripts name.</param>
/// <param name="Type">Which kind it is.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="Settings">Its settings, secrets included; null when they can't be read.</param>
/// <param name="Problem">Why they can't be read.</param>
public sealed record KnownConnection(string Id, string Type, ConnectionOrigin Origin, ConnectionSettings? Settings, string? Problem = null)
{
    /// <summary>Words for people.</summary>
    public string? Description { get; init; }

    /// <summary>When it was last changed; null where that is not known.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>The connections that do not stand in the database.</summary>
public interface IGivenConnections
{
    /// <summary>All, by id.</summary>
    IReadOnlyList<KnownConnection> All();
}

/// <summary>What came of trying a connection.</summary>
/// <param name="IsFine">Whether it works.</param>
/// <param name="Message">What was found, or what went wrong and what to do; without secrets.</param>
/// <param name="Took">How long it took.</param>
public sealed record ConnectionTrial(bool IsFine, string Message, TimeSpan Took);
