namespace Wizart.Flow;

/// <summary>One attempt of one task, as its body sees it; the input <c>dag.Context</c>.</summary>
public abstract class TaskContext
{
    private static readonly AsyncLocal<TaskContext?> Ambient = new();

    /// <summary>The attempt whose body is running here; null outside of bodies.</summary>
    public static TaskContext? Current
    {
        get => Ambient.Value;
        protected set => Ambient.Value = value;
    }

    /// <summary>The DAG's id.</summary>
    public abstract string DagId { get; }

    /// <summary>The run's id.</summary>
    public abstract long RunId { get; }

    /// <summary>The task's id.</summary>
    public abstract string TaskId { get; }

    /// <summary>The place of a mapped instance in its list; -1 for a plain task.</summary>
    public abstract int MapIndex { get; }

    /// <summary>Which attempt this is, from one.</summary>
    public abstract int Attempt { get; }

    /// <summary>How many attempts there may be at most, this one included.</summary>
    public abstract int MaxAttempts { get; }

    /// <summary>Why the run exists.</summary>
    public abstract RunKind RunKind { get; }

    /// <summary>The run's data interval.</summary>
    public abstract DataInterval Interval { get; }

    /// <summary>The start of the interval.</summary>
    public DateTimeOffset LogicalDate => Interval.Start;

    /// <summary>Cancelled when the attempt times out or the run is cancelled. A body that ignores it is killed.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>The clock. Fake in tests.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Small values kept from attempt to attempt of this task instance, to go on where the last one stopped.</summary>
    public abstract KeptState State { get; }

    /// <summary>Writes a line to the attempt's log.</summary>
    public abstract void Log(string message, LogLevel level = LogLevel.Information);

    /// <summary>Tells how far the work is.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="text">What is being done; optional.</param>
    public abstract void Progress(double share, string? text = null);

    /// <summary>
    /// Stores one measured value as a point of a time series, at this moment and at the run's logical date. When the task is run
    /// again, by a retry or after it was cleared, what its newest attempt tells of the metric counts, and the rest no longer.
    /// </summary>
    /// <param name="name">The metric: letters, digits, <c>_ - .</c></param>
    /// <param name="value">A finite number.</param>
    /// <param name="tags">What tells this point from others of the same metric: <c>("country", "by")</c>.</param>
    /// <exception cref="ArgumentException">The value is not a number or infinite, or the name or a tag can't be one.</exception>
    public abstract void Metric(string name, double value, params (string Key, string Value)[] tags);

    /// <summary>Keeps a text with the run.</summary>
    /// <param name="name">The file name a person sees; its ending gives the content type.</param>
    /// <param name="text">The content, stored as UTF-8.</param>
    public Artifact Artifact(string name, string text) => Artifact(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Keeps bytes with the run.</summary>
    public abstract Artifact Artifact(string name, ReadOnlySpan<byte> content);

    /// <summary>Keeps a copy of a file with the run.</summary>
    /// <param name="path">The file to copy.</param>
    /// <param name="name">The file name a person sees; the file's own by default.</param>
    public abstract Artifact ArtifactFile(string path, string? name = null);

    /// <summary>The content of an artifact made earlier.</summary>
    /// <exception cref="FileNotFoundException">The artifact store has it no longer.</exception>
    public abstract Stream Open(Artifact artifact);
}

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>For the one who looks closely.</summary>
    Debug,

    /// <summary>What happened.</summary>
    Information,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}

/// <summary>Why a run exists.</summary>
public enum RunKind
{
    /// <summary>A time schedule came due.</summary>
    Scheduled,

    /// <summary>A person, an API call or another DAG asked for it.</summary>
    Manual,

    /// <summary>A backfill over a range of intervals.</summary>
    Backfill,

    /// <summary>Assets it follows were updated.</summary>
    Asset,
}

/// <summary>Small values kept from attempt to attempt of one task instance.</summary>
public abstract class KeptState
{
    /// <summary>The value kept under a key, or <paramref name="default"/> when there is none.</summary>
    public abstract T? Get<T>(string key, T? @default = default);

    /// <summary>Keeps a value; it is stored when the attempt ends, however it ends short of a crash.</summary>
    public abstract void Set<T>(string key, T value);
}
