using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Wizart.Flow.TestServers;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Wizart.Flow.TestServers;

/// <summary>
/// A real PostgreSQL server for the tests of one assembly: take it as a constructor parameter of the test class and call
/// <see cref="CreateDatabase"/>. A private cluster is started in a temporary folder on a free loopback port when the first
/// database is asked for, and is gone with the test process, however that ends. <c>FLOW_TEST_POSTGRES</c>, a connection
/// string of a user who may create databases, names a server to use instead. Without any server a test is skipped, and
/// fails when <c>CI=true</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Ready = "database system is ready to accept connections";
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly List<string> _databases = [];
    private Process? _process;
    private string? _server;
    private string? _absent;

    /// <summary>Whether commits wait for the disk. Off by default, because tests don't cut the power; for measuring turn it on.</summary>
    public bool Durable { get; init; }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabase()
    {
        var server = await Server();
        var name = $"flow_test_{Guid.NewGuid():N}";
        await Execute(server, $"create database {name}");
        lock (_databases) _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is { } process)
        {
            await Stop(process);
        }
        else if (_server is { } server)
        {
            foreach (var name in _databases) await Execute(server, $"drop database if exists {name} with (force)");
        }

        _starting.Dispose();
    }

    private async Task<string> Server()
    {
        await _starting.WaitAsync();
        try
        {
            if (_server is null && _absent is null) (_server, _absent) = await Find();
        }
        finally
        {
            _starting.Release();
        }

        if (_absent is { } reason)
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(reason);
            Assert.Skip(reason);
        }

        return _server!;
    }

    private async Task<(string? Server, string? Absent)> Find()
    {
        if (Environment.GetEnvironmentVariable("FLOW_TEST_POSTGRES") is { Length: > 0 } given) return (given, null);
        if (OperatingSystem.IsWindows()) return (null, "Set FLOW_TEST_POSTGRES to a PostgreSQL connection string.");
        if (FindPrograms() is not { } programs)
            return (null, "PostgreSQL is not installed (Debian: apt-get install postgresql), and FLOW_TEST_POSTGRES is not set.");

        // Another process may take the free port before the server binds it.
        var output = "";
        for (var tries = 0; tries < 3; tries++)
        {
            var port = FreePort();
            (_process, output) = await Start(programs, port);
            if (_process is not null)
                return ($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true", null);
        }

        return (null, $"PostgreSQL in {programs} did not start:\n{output}");
    }

    /// <summary>
    /// A shell stands between: it ends the server and removes its folder when its standard input closes, which also happens
    /// when this process is killed.
    /// </summary>
    private async Task<(Process?, string Output)> Start(string programs, int port)
    {
        var durability = Durable ? "" : "-c fsync=off -c full_page_writes=off";
        var script = $"""
            dir=$(mktemp -d "$TMPDIR/flow-postgres.XXXXXX") || exit 1
            trap 'rm -rf "$dir"' EXIT
            cd "$dir"
            "{programs}/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --no-locale --no-sync 2>&1 || exit 1
            "{programs}/postgres" -D "$dir/data" -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
                -c max_connections=200 -c timezone=UTC {durability} 2>&1 &
            cat > /dev/null
            kill -INT $!
            wait $!
            """;
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", "sh", "-c", script]
            : ["sh", "-c", script];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = Path.GetTempPath().TrimEnd('/');
        start.Environment["LC_ALL"] = "C";

        var process = Process.Start(start)!;
        var lines = new List<string>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
            {
                lines.Add(line);
                if (line.Contains("FATAL", StringComparison.Ordinal)) break;
                if (!line.Contains(Ready, StringComparison.Ordinal)) continue;
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return (process, "");
            }
        }
        catch (OperationCanceledException)
        {
            lines.Add("It was not ready after two minutes.");
        }

        await Stop(process);
        return (null, string.Join('\n', lines));
    }

    private static async Task Stop(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string? FindPrograms()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(debian).FirstOrDefault(folder =>
            File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string Account =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
