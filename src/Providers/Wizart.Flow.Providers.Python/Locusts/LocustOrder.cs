using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>What is to be run.</summary>
internal sealed record LocustOrder(
    string File, LoadAddress Host, int Users, TimeSpan RunTime, double SpawnRate, double? Rps, IReadOnlyList<string> Arguments)
{
    public required Func<LocustWindow, bool> Stop { get; init; }

    public required string StopText { get; init; }

    /// <summary>What must not be seen of the headers: whole values, and the credentials in them.</summary>
    public IEnumerable<string> Secrets => Host.Headers
        .Where(h => ConnectionSettings.IsSecret(h.Key))
        .SelectMany<KeyValuePair<string, string>, string>(h => [h.Value, h.Value.Split(' ')[^1]]);

    /// <summary>The command line behind <c>python -m</c>.</summary>
    public IReadOnlyList<string> CommandLine(LocustFolder folder) =>
    [
        LocustFolder.Module, "--locustfile", File, "--headless", "--only-summary",
        "--host", Host.Url.ToString().TrimEnd('/'),
        "--users", Users.ToString(CultureInfo.InvariantCulture),
        "--spawn-rate", SpawnRate.ToString("0.######", CultureInfo.InvariantCulture),
        "--run-time", Math.Ceiling(RunTime.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s",
        "--csv", folder.Prefix, "--csv-full-history", "--exit-code-on-error", "0",
        .. Arguments,
    ];

    /// <summary>What our module and Locust are told beside it, and what must not reach them.</summary>
    public Dictionary<string, string?> Variables(LocustFolder folder)
    {
        var variables = new Dictionary<string, string?>
        {
            ["PYTHONPATH"] = Environment.GetEnvironmentVariable("PYTHONPATH") is { Length: > 0 } own ? $"{folder.Path}{Path.PathSeparator}{own}" : folder.Path,
            ["PYTHONDONTWRITEBYTECODE"] = "1", // a folder of pipelines is no place for caches
            ["WIZART_FLOW_TARGET"] = Host.Url.GetLeftPart(UriPartial.Authority),
            ["WIZART_FLOW_HEADERS"] = JsonSerializer.Serialize(Host.Headers.DistinctBy(h => h.Key).ToDictionary()),
            ["WIZART_FLOW_RPS"] = Rps?.ToString("R", CultureInfo.InvariantCulture),
            ["WIZART_FLOW_REPORT"] = folder.Report,
            ["WIZART_FLOW_CSV"] = folder.Prefix,
            ["WIZART_FLOW_FOLDER"] = System.IO.Path.GetDirectoryName(File),
        };
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            // Options of another Locust, and proxies: what is measured is the server itself.
            if (name.StartsWith("LOCUST_", StringComparison.Ordinal) || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)) variables[name] = null;
        }

        return variables;
    }
}
