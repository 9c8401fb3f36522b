using Wizart.Flow.Connections;
using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Providers.Sheets.Tests;

/// <summary>A server of its own for each test, and clients of it.</summary>
public abstract class SheetsTest : IAsyncLifetime
{
    private protected SheetsServer Server { get; private set; } = null!;

    private protected QuickTime Time { get; } = new();

    private protected List<(string Message, LogLevel Level)> Log { get; } = [];

    public async ValueTask InitializeAsync() => Server = await SheetsServer.Start();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Server.DisposeAsync();
    }

    private protected GoogleSheets Client(params (string Name, string Value)[] settings) => Client(Time, CancellationToken.None, settings);

    private protected GoogleSheets Client(TimeProvider time, CancellationToken cancellation, params (string Name, string Value)[] settings)
    {
        var values = Server.Settings;
        foreach (var (name, value) in settings) values[name] = value;
        return new GoogleSheets(
            new ConnectionSettings("metrics", "google-sheets", values),
            new ConnectionScope(time, (message, level) => Log.Add((message, level)), cancellation));
    }

    private protected int CallsOf(string part) => Server.Calls.Count(call => call.Contains(part, StringComparison.Ordinal));
}
