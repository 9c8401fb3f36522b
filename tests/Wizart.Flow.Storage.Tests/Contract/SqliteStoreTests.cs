using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flow-store-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override Task<(IFlowStore, IFlowQueries, IRetention)> OpenAsync() =>
        Task.FromResult(FlowStores.Create(new StorageOptions { Path = Path.Combine(_folder.FullName, "a", "flow.db") }, TimeProvider.System));
}
