using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Storage.InMemory;

namespace Wizart.Flow.Storage.Tests.Contract;

public sealed class InMemoryStoreTests : StoreContract
{
    protected override Task<(IFlowStore, IFlowQueries, IRetention)> OpenAsync()
    {
        var store = new InMemoryFlowStore();
        return Task.FromResult<(IFlowStore, IFlowQueries, IRetention)>((store, store.Queries, store.Retention));
    }
}
