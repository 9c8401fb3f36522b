using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;
using Wizart.Flow.SampleService;

namespace Wizart.Flow.Providers.LoadTest.Tests;

internal static class SampleServers
{
    /// <summary>A client of the service.</summary>
    public static HttpApi Api(this SampleServer server, CancellationToken cancellation = default) => new(
        new ConnectionSettings("api", "http", new Dictionary<string, string> { ["url"] = server.Url }),
        new ConnectionScope(TimeProvider.System, (_, _) => { }, cancellation));
}
