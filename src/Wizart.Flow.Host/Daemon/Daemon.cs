using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Maintenance;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web;
using Wizart.Flow.Web.Access;
using Wizart.Flow.Web.Health;
using Wizart.Flow.Web.Ui;

namespace Wizart.Flow.Host.Daemon;

/// <summary>The daemon, from its start to its end.</summary>
public static class Daemon
{
    /// <summary>Runs until it is told to stop: by the token, Ctrl+C, or SIGTERM.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>0 when it was told to stop; 1 when it could not start, and the log says why and what to do.</returns>
    public static async Task<int> RunAsync(DaemonOptions options, CancellationToken cancellation)
    {
        var builder = NewBuilder(options);
        using var logs = LoggerFactory.Create(logging => Configure(logging, builder.Configuration));
        var log = logs.CreateLogger("Wizart.Flow");
        try
        {
            await using var node = await FlowNode.CreateAsync(options, TimeProvider.System, logs, cancellation);
            await using var app = NewApp(builder, node);
            await app.StartAsync(cancellation);
            var url = app.Urls.First();
            await node.StartAsync(url, cancellation);
            log.LogInformation("Listening on {Url}, scripts in {Pipelines}", url, Path.GetFullPath(options.Pipelines));
            await WelcomeAsync(app, options, url, log);
            await StoppingAsync(app, cancellation);
            log.LogInformation("Stopping; running attempts have {Grace} s to end", options.StopGrace.TotalSeconds);
            await node.StopAsync();
            await app.StopAsync(CancellationToken.None);
            log.LogInformation("Stopped");
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error) when (WhatToDo(error, options) is { } advice)
        {
            await Console.Error.WriteLineAsync($"error: {advice}");
            return 1;
        }
    }

    private static WebApplicationBuilder NewBuilder(DaemonOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Configure(builder.Logging, builder.Configuration);
        builder.Host.UseSystemd();
        builder.WebHost.UseUrls(options.Url);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder;
    }

    private static WebApplication NewApp(WebApplicationBuilder builder, FlowNode node)
    {
        node.AddServices(builder.Services);
        var app = builder.Build();
        app.Use(node.RefuseUntilReady);
        app.UseResponseCompression();
        app.UseFlowAccess();
        app.MapFlowApi();
        app.MapFlowAccess();
        app.MapFlowHealth();
        app.MapFlowUi();
        return app;
    }

    /// <summary>What whoever starts the daemon should see: the way in while there is none, and that others can listen in.</summary>
    private static async Task WelcomeAsync(WebApplication app, DaemonOptions options, string url, ILogger log)
    {
        var access = app.Services.GetRequiredService<AccessCommands>();
        app.Services.GetRequiredService<FlowEngine>().Duties.Add(new Duty("expired sessions", TimeSpan.FromHours(1), _ => access.RemoveExpiredAsync()));
        if (app.Services.GetRequiredService<ServerNotices>().IsOpenToOthers && options.TrustedProxies.Length == 0) log.LogWarning("{Warning}", ServerNotices.Warning);
        if (await access.FirstLinkAsync() is { } code)
            log.LogInformation(
                "Nobody can sign in yet. Set a password within {Minutes} minutes: {Link}",
                AccessCommands.LinkLength.TotalMinutes, PublicAddress.OfLink(PublicAddress.Of(options.PublicUrl, url, options.PathBase), code));
    }

    private static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        foreach (var library in (string[])["Microsoft", "System", "Quartz"])
            logging.AddFilter(library, Microsoft.Extensions.Logging.LogLevel.Warning);
        // They warn of what is meant: keys that lie unencrypted in their owner's folder, and pages that nobody keeps.
        foreach (var category in (string[])["Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", "Microsoft.AspNetCore.Antiforgery"])
            logging.AddFilter(category, Microsoft.Extensions.Logging.LogLevel.Error);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
    }

    private static async Task StoppingAsync(WebApplication app, CancellationToken cancellation)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var byHost = app.Lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await using var byToken = cancellation.Register(() => stopping.TrySetResult());
        await stopping.Task;
    }

    /// <summary>What to tell the person who starts the daemon; null for what is a bug of ours.</summary>
    private static string? WhatToDo(Exception error, DaemonOptions options) => error switch
    {
        StoreException => error.Message,
        IOException { InnerException: AddressInUseException } =>
            $"The address {options.Url} is in use by another program. Stop that, or choose another: --url http://127.0.0.1:8081.",
        DaemonException => error.Message,
        _ => null,
    };
}

/// <summary>Why the daemon can't start, and what to do.</summary>
public sealed class DaemonException(string message, Exception? inner = null) : Exception(message, inner);
