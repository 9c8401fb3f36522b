using System.Security.Cryptography.X509Certificates;

namespace Wizart.Flow.SampleService;

/// <summary>A small catalogue over HTTP whose capacity is known by arithmetic.</summary>
public sealed class SampleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly KnownCapacity? _capacity;
    private long _requests;

    private SampleServer(WebApplication app, KnownCapacity? capacity)
    {
        (_app, _capacity) = (app, capacity);
        app.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.First();

    /// <summary>How many requests came.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Whether it answers 503 to everything, at once.</summary>
    public bool Broken { get; set; }

    /// <summary>Called with the number of each request.</summary>
    public Action<long> OnRequest { get; set; } = _ => { };

    /// <summary>Starts one.</summary>
    /// <param name="workers">How many requests are worked on at once.</param>
    /// <param name="serviceTime">How long each takes; zero for no limit.</param>
    /// <param name="url">Where it listens; a free port by default.</param>
    /// <param name="certificate">Its own, for <c>https</c>.</param>
    public static async Task<SampleServer> StartAsync(
        int workers, TimeSpan serviceTime, string url = "http://127.0.0.1:0", X509Certificate2? certificate = null)
    {
        // Not the working folder, which others may change meanwhile.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(url);
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new SampleServer(app, serviceTime > TimeSpan.Zero ? new KnownCapacity(workers, serviceTime, TimeProvider.System) : null);
        await app.StartAsync();
        return server;
    }

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        OnRequest(Interlocked.Increment(ref _requests));
        if (Broken || context.Request.Path == "/broken")
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (context.Request.Path == "/missing")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (_capacity is not null) await _capacity.WorkAsync(context.RequestAborted);
        await context.Response.WriteAsync("ok");
    }
}
