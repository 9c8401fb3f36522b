using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Testing;

/// <summary>What a run in this process is given.</summary>
public sealed record LocalRunOptions
{
    /// <summary>How clients are built.</summary>
    public required ConnectionTypes ConnectionTypes { get; init; }

    /// <summary>Where the settings of connections come from. Default: there are none.</summary>
    public ISecretStore Connections { get; init; } = new NoConnections();

    /// <summary>Params by name, as JSON; those left out take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonElement> Params { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Stored variables by name, as JSON; those left out take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// Values of assets by uri, as JSON; those left out were never updated. Those that the DAG's schedule names count as what
    /// started the run.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Assets { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Where earlier values of metrics are read, for trends. Default: there are none.</summary>
    public IMetricReads Metrics { get; init; } = new GivenMetrics([]);

    /// <summary>The run covers the interval that this lies in; by default the newest complete one.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How many attempts may run at once. Default: twice the cores, at least 4.</summary>
    public int Slots { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Tries again at once, however long a retry's backoff is. Default: the waits are kept.</summary>
    public bool SkipRetryWaits { get; init; }

    /// <summary>How long a body may go on after it was asked to stop. Default 5 s.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Hears what the attempts tell, from several threads at once.</summary>
    public Action<AttemptOrder, AttemptEvent>? Tell { get; init; }

    private sealed class NoConnections : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new((ConnectionSettings?)null);
    }
}
