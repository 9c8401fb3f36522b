using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sql.Tests;

/// <summary>What holds for every database; each implementation's test classes inherit the suites.</summary>
public abstract class DatabaseContract(ITestDatabase given) : IAsyncLifetime
{
    protected Database Db { get; private set; } = null!;

    protected ITestDatabase Given => given;

    public async ValueTask InitializeAsync()
    {
        await given.Create();
        Db = Connect();
    }

    protected Database Connect(CancellationToken cancellation = default) => new(
        new ConnectionSettings("warehouse", given.Type, given.Settings),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, cancellation));

    public async ValueTask DisposeAsync()
    {
        await given.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>An empty database of one kind.</summary>
public interface ITestDatabase : IAsyncDisposable
{
    string Type { get; }

    IReadOnlyDictionary<string, string> Settings { get; }

    Task Create();
}
