using Wizart.Flow.Connections;

namespace Wizart.Flow.Execution;

/// <summary>All that is needed to run one attempt of one task, anywhere.</summary>
public sealed record AttemptOrder
{
    /// <summary>The run.</summary>
    public required long RunId { get; init; }

    /// <summary>The DAG.</summary>
    public required string DagId { get; init; }

    /// <summary>The task.</summary>
    public required string TaskId { get; init; }

    /// <summary>The task's place in its DAG's list.</summary>
    public required int TaskIndex { get; init; }

    /// <summary>The instance of a mapped task; -1 for a plain one.</summary>
    public int MapIndex { get; init; } = -1;

    /// <summary>Which attempt, from one.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many there may be.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The compiled script.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>Why the run exists.</summary>
    public RunKind RunKind { get; init; }

    /// <summary>Start of the data interval.</summary>
    public DateTimeOffset IntervalStart { get; init; }

    /// <summary>End of the data interval.</summary>
    public DateTimeOffset IntervalEnd { get; init; }

    /// <summary>The run's params by name; those not set are not in it.</summary>
    public IReadOnlyDictionary<string, JsonPayload> Params { get; init; } = None<JsonPayload>.Values;

    /// <summary>Upstream outputs by task id: those that the body takes.</summary>
    public IReadOnlyDictionary<string, TaskValue> Outputs { get; init; } = None<TaskValue>.Values;

    /// <summary>Outputs of mapped upstream tasks by task id, in the order of their elements: those that the body takes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TaskValue>> MappedOutputs { get; init; } = None<IReadOnlyList<TaskValue>>.Values;

    /// <summary>The element of an instance mapped over an output; null where the script itself knows it.</summary>
    public TaskValue? Element { get; init; }

    /// <summary>Stored variables by name: those that the body takes and that are stored.</summary>
    public IReadOnlyDictionary<string, JsonPayload> Variables { get; init; } = None<JsonPayload>.Values;

    /// <summary>Connections by id: those that the body takes and that are stored. Secrets in the clear: never log an order.</summary>
    public IReadOnlyDictionary<string, ConnectionSettings> Connections { get; init; } = None<ConnectionSettings>.Values;

    /// <summary>The latest updates of assets by uri: those that the body takes.</summary>
    public IReadOnlyDictionary<string, AssetRecord> Assets { get; init; } = None<AssetRecord>.Values;

    /// <summary>The updates that started the run, oldest first: those that the body takes.</summary>
    public IReadOnlyList<AssetRecord> AssetEvents { get; init; } = [];

    /// <summary>Earlier values of metrics by <see cref="Model.TrendModel.Key"/>: those that the body takes, the oldest first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TrendPoint>> Trends { get; init; } = None<IReadOnlyList<TrendPoint>>.Values;

    /// <summary>What earlier attempts kept in <see cref="TaskContext.State"/>.</summary>
    public IReadOnlyDictionary<string, JsonPayload> State { get; init; } = None<JsonPayload>.Values;

    /// <summary>The attempt is ended after this; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The folder of the artifact store; empty when there is none.</summary>
    public string ArtifactRoot { get; init; } = "";

    /// <summary>How many bytes of log are kept; the rest is cut, and one line says so.</summary>
    public long LogLimitBytes { get; init; } = DefaultLogLimitBytes;

    /// <summary>The log of an attempt where nobody says otherwise: 64 MB.</summary>
    public const long DefaultLogLimitBytes = 64 * 1024 * 1024;

    private static class None<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Values = new Dictionary<string, T>();
    }
}

/// <summary>A compiled script in the image cache.</summary>
/// <param name="Hash">The content hash it is kept under.</param>
/// <param name="Directory">The folder of the image: <c>script.dll</c>, <c>script.pdb</c>, <c>references.json</c>.</param>
public sealed record ImageReference(string Hash, string Directory);
