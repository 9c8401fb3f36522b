using System.Net;
using System.Text;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http;

namespace Wizart.Flow.Testing.Tests;

/// <summary>A web shop that answers every request with the same JSON.</summary>
internal sealed class FakeShop(string json) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    /// <summary>A client of it, as an attempt would have it.</summary>
    public HttpApi Client(ConnectionScope scope) =>
        new(new ConnectionSettings("shop", "http", new Dictionary<string, string> { ["url"] = "http://shop.test" }), scope, this);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Asked) Asked.Add(request.RequestUri!.PathAndQuery);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }
}
