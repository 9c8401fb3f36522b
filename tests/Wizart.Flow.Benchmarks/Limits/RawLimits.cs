using System.Diagnostics;
using Npgsql;
using Wizart.Flow.Benchmarks.Figures;
using Wizart.Flow.Storage;
using Wizart.Flow.TestServers;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>What this machine can do at best, measured when a row first asks for it.</summary>
internal sealed class RawLimits : IAsyncDisposable
{
    private const double Seconds = 0.5;
    private readonly PostgresServer _postgres = new() { Durable = true };
    private double? _grouped;
    private bool _usedPostgres;

    /// <summary>An empty database on a private server that waits for the disk at each commit.</summary>
    public async Task<StorageOptions> NewPostgresDatabaseAsync()
    {
        _usedPostgres = true;
        return new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = await _postgres.CreateDatabase() };
    }

    /// <summary>Seconds for this many tasks one after the other: a round trip to a process and a commit each.</summary>
    public Task<double> SqliteChainAsync(int tasks)
    {
        using var commits = new SqliteCommits("normal");
        return Task.FromResult(Chain(commits, tasks));
    }

    /// <summary>The same on PostgreSQL.</summary>
    public async Task<double> PostgresChainAsync(int tasks)
    {
        using var commits = new PostgresCommits((await NewPostgresDatabaseAsync()).ConnectionString!);
        return Chain(commits, tasks);
    }

    /// <summary>Tasks a second, see <see cref="GroupedLimit"/>.</summary>
    public Task<double> GroupedAsync() => Task.Run(() => _grouped ??= GroupedLimit.Measure());

    /// <summary>How many ms after its time a timer of the runtime goes off.</summary>
    public async Task<Spread> TimerLatenessAsync()
    {
        var samples = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            var due = Stopwatch.GetTimestamp() + (long)(0.1 * Stopwatch.Frequency);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            samples.Add((Stopwatch.GetTimestamp() - due) * 1000.0 / Stopwatch.Frequency);
        }

        return new Spread(samples);
    }

    /// <summary>How many ms Roslyn alone needs for a script, warm.</summary>
    public Task<Spread> CompileAsync(string script) => Task.Run(() =>
    {
        var compile = new BareCompile();
        for (var i = 0; i < 10; i++) compile.Run(script);
        return new Spread(Enumerable.Range(0, 20).Select(i =>
        {
            var start = Stopwatch.GetTimestamp();
            compile.Run($"{script}\n// {i}");
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).ToArray());
    });

    /// <summary>Seconds for a .NET process that does nothing.</summary>
    public Task<double> ProcessStartAsync() => Task.Run(() => new Spread(Enumerable.Range(0, 5).Select(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        EchoProcess.StartAndEnd();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }).ToArray()).Median);

    /// <summary>The figures that no row shows, as lines.</summary>
    public async Task<IReadOnlyList<string>> KnownAsync()
    {
        using var pipe = EchoProcess.OverPipe();
        using var socket = EchoProcess.OverSocket();
        using var normal = new SqliteCommits("normal");
        using var full = new SqliteCommits("full");
        var lines = new List<string>
        {
            $"Pipe round trip to a process: {1e6 / PerSecond(pipe.RoundTrip):0} µs; Unix socket: {1e6 / PerSecond(socket.RoundTrip):0} µs.",
            $"SQLite commits, WAL: {PerSecond(() => normal.Commit(1)):N0}/s (NORMAL), {PerSecond(() => full.Commit(1)):N0}/s (FULL).",
        };
        if (!_usedPostgres) return lines;
        using var postgres = new PostgresCommits((await NewPostgresDatabaseAsync()).ConnectionString!);
        lines.Add($"PostgreSQL commits over one connection: {PerSecond(() => postgres.Commit(1)):N0}/s.");
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
    }

    private static double Chain(ICommits commits, int tasks)
    {
        using var process = EchoProcess.OverSocket();
        return tasks / PerSecond(() =>
        {
            process.RoundTrip();
            commits.Commit(3);
        });
    }

    /// <summary>The best of three, so that what else the machine does is kept out of what it can do.</summary>
    private static double PerSecond(Action action)
    {
        for (var i = 0; i < 200; i++) action();
        return Enumerable.Range(0, 3).Max(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds; count++) action();
            return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
