using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Host.Daemon;

/// <summary>How the daemon is set up: bound from <c>appsettings.json</c>, environment (<c>FLOW__…</c>) and command line, section <c>Flow</c>.</summary>
public sealed record DaemonOptions
{
    /// <summary>The folder of scripts. Default <c>./pipelines</c>.</summary>
    public string Pipelines { get; init; } = "pipelines";

    /// <summary>The folder of the daemon's own files: database, images, artifacts. Default <c>./.flow</c>.</summary>
    public string State { get; init; } = ".flow";

    /// <summary>Where the API listens. Default <c>http://127.0.0.1:8080</c>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The name that attempts are recorded under; the same after a restart. Default: the machine's name.</summary>
    public string Node { get; init; } = Environment.MachineName;

    /// <summary>How many attempts may run at once, each in a process of its own. Default: twice the cores, at least 4.</summary>
    public int Workers { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>
    /// The queues whose tasks run here, separated by commas; tasks that name none are in <c>default</c>. Default: empty, which is all.
    /// </summary>
    public string Queues { get; init; } = "";

    /// <summary>Workers that are kept started though nothing runs. Default 1.</summary>
    public int WarmWorkers { get; init; } = 1;

    /// <summary>A worker that needs more memory than this is killed, and its attempt fails. Default 2 GB.</summary>
    public long WorkerMemoryBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>How long a script may take to declare its DAGs. Default 10 s.</summary>
    public TimeSpan DeclareTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a cancelled attempt may take to end by itself before its process is killed. Default 5 s.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long running attempts may go on when the daemon is asked to stop. Default 10 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the pipelines folder is looked through, for changes that the system did not tell of. Default 5 s.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Which database. Default: SQLite, <c>flow.db</c> in the state folder.</summary>
    public StorageOptions Database { get; init; } = new();

    /// <summary>The path below which all is served, such as <c>/flow</c>, for a proxy that does not take it off. Default: empty, the root.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>
    /// The address people open, such as <c>https://flow.example.com</c>, for links in messages. Default: empty, where the daemon listens.
    /// </summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>
    /// The proxies whose <c>X-Forwarded-…</c> headers are believed: addresses and networks (<c>10.0.0.0/8</c>), separated by commas.
    /// Default: none.
    /// </summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Who may read <c>/metrics</c>.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>Signing in through an OpenID Connect provider. Default: not at all.</summary>
    public OidcOptions Oidc { get; init; } = new();

    /// <summary>How long runs, logs and artifacts are kept. Default: for ever.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The names in <see cref="Queues"/>.</summary>
    public string[] QueueNames() => [.. Queues.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>Who is let in and how.</summary>
    public AccessOptions Access() => new()
    {
        Keys = StateFile("keys"),
        PathBase = PathBase,
        TrustedProxies = TrustedProxies,
        AnonymousMetrics = Metrics.Anonymous,
        Oidc = Oidc,
    };

    /// <summary>A file in the state folder.</summary>
    public string StateFile(string name) => Path.Combine(Path.GetFullPath(State), name);
}

/// <summary>Who may read <c>/metrics</c>.</summary>
public sealed record MetricsOptions
{
    /// <summary>Whether anybody may, from anywhere. Default: from this machine only, or with a token.</summary>
    public bool Anonymous { get; init; }
}
