namespace Wizart.Flow.Runtime.Workers;

/// <summary>How many workers there are, how long they live, and what they may use.</summary>
public sealed record WorkerPoolOptions
{
    /// <summary>The worker program: a <c>.dll</c> (started by the dotnet host) or an executable. By default the one beside this program.</summary>
    public string WorkerPath { get; init; } = DefaultWorkerPath;

    /// <summary>The most workers that run tasks at once. By default twice the cores, at least 4.</summary>
    public int MaxWorkers { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Workers kept warm though they have nothing to do. Default 1.</summary>
    public int MinWorkers { get; init; } = 1;

    /// <summary>Workers that evaluate scripts kept warm though they have nothing to do. Default 1.</summary>
    public int MinDescribers { get; init; } = 1;

    /// <summary>An idle worker is retired after this. Default 5 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A worker is replaced after so many attempts, as a precaution: what it costs is its start, half a second of computing. Default 100,000.</summary>
    public int RecycleAfterAttempts { get; init; } = 100_000;

    /// <summary>A worker is replaced after it has loaded so many different scripts, because they stay loaded. Default 64.</summary>
    public int RecycleAfterImages { get; init; } = 64;

    /// <summary>A worker that holds more than this when its attempt is over is replaced. Default 1 GB.</summary>
    public long RecycleAboveBytes { get; init; } = 1L << 30;

    /// <summary>A worker that uses more than this is killed and its attempt fails. Default 2 GB.</summary>
    public long MemoryLimitBytes { get; init; } = 2L << 30;

    /// <summary>How long a body may go on after it was asked to stop, before its process is killed. Default 5 s.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a worker may take to start. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a script may take to declare. Default 10 s.</summary>
    public TimeSpan DescribeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much memory the declaration of a script may use. Default 1 GB.</summary>
    public long DescribeMemoryLimitBytes { get; init; } = 1L << 30;

    /// <summary>The most workers that evaluate scripts at once. By default the number of cores.</summary>
    public int MaxDescribers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The folder of the socket that workers connect to, readable by its owner only; by default one of the pool's own under
    /// the system's temporary folder, which also serves when this path is too long for a socket.
    /// </summary>
    public string SocketDirectory { get; init; } = "";

    /// <summary>Where artifacts are kept when an order names no place; empty for none.</summary>
    public string ArtifactRoot { get; init; } = "";

    /// <summary>Where the worker program lies beside this one.</summary>
    public static string DefaultWorkerPath { get; } = Path.Combine(AppContext.BaseDirectory, "Wizart.Flow.Worker.dll");
}

/// <summary>What a pool has done and has.</summary>
/// <param name="Started">Worker processes started, ever.</param>
/// <param name="Busy">Workers at work now.</param>
/// <param name="Idle">Warm workers waiting.</param>
/// <param name="Recycled">Workers replaced because of their age, their memory, or idleness.</param>
/// <param name="Died">Workers that died or were killed at work.</param>
public sealed record WorkerPoolStatistics(int Started, int Busy, int Idle, int Recycled, int Died);
