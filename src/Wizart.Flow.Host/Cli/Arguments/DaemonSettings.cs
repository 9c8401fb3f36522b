using System.Reflection;
using Wizart.Flow.Engine;
using Wizart.Flow.Host.Daemon;
using Wizart.Flow.Storage;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Host.Cli;

/// <summary>Reads the daemon's settings and says all that is wrong with them.</summary>
internal static class DaemonSettings
{
    /// <summary>The most attempts at once: each is a process.</summary>
    public const int MostWorkers = 1_024;

    private const long LeastMemory = 64L * 1024 * 1024;

    /// <summary>The settings of section <c>Flow</c>.</summary>
    /// <exception cref="CliException">Some are unknown or make no sense; all are told.</exception>
    public static DaemonOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(FlowSettings.Section);
        List<string> wrong = [.. Unknown(section, typeof(DaemonOptions))];
        DaemonOptions options;
        try
        {
            options = (section.Get<DaemonOptions>() ?? new DaemonOptions()) with { Queues = Queues(configuration) };
            wrong.AddRange(Check(options));
            wrong.AddRange(CheckAccess(options));
        }
        catch (InvalidOperationException error)
        {
            // "Failed to convert configuration value '…' at 'Flow:Workers' to type 'System.Int32'."
            wrong.Add(error.Message.Split(" to type ")[0].Replace("Failed to convert configuration value", "The value", StringComparison.Ordinal) + " can't be read.");
            options = new DaemonOptions();
        }

        return wrong.Count == 0 ? options : throw CliException.Usage(string.Join(Environment.NewLine + "       ", wrong));
    }

    /// <summary>The queues that the settings name, as one text or as a list; empty when they name none.</summary>
    public static string Queues(IConfiguration configuration)
    {
        var queues = configuration.GetSection(FlowSettings.Section).GetSection(nameof(DaemonOptions.Queues));
        return queues.Value ?? string.Join(',', queues.GetChildren().Select(name => name.Value));
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            if (known.FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
                yield return $"There is no setting {child.Path}.{Nearest.Hint(child.Key, known.Select(p => p.Name))}";
            else if (property.PropertyType.IsClass && property.PropertyType != typeof(string))
                foreach (var deeper in Unknown(child, property.PropertyType)) yield return deeper;
        }
    }

    private static IEnumerable<string> Check(DaemonOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Pipelines)) yield return "Flow:Pipelines is empty. Name the folder of scripts.";
        if (string.IsNullOrWhiteSpace(options.State)) yield return "Flow:State is empty. Name a folder for the daemon's own files.";
        if (string.IsNullOrWhiteSpace(options.Node)) yield return "Flow:Node is empty. Give this node a name that stays the same.";
        if (WhyNotUrl(options.Url) is { } why) yield return $"Flow:Url '{options.Url}' {why} Write it like http://127.0.0.1:8080.";
        if (options.Workers is < 1 or > MostWorkers) yield return $"Flow:Workers is {options.Workers}; it must be from 1 to {MostWorkers}.";
        if (options.WarmWorkers < 0 || options.WarmWorkers > options.Workers)
            yield return $"Flow:WarmWorkers is {options.WarmWorkers}; it must be from 0 to Flow:Workers ({options.Workers}).";
        if (options.WorkerMemoryBytes < LeastMemory) yield return $"Flow:WorkerMemoryBytes is {options.WorkerMemoryBytes}; it must be at least {LeastMemory} (64 MB).";
        if (options.DeclareTimeout <= TimeSpan.Zero) yield return "Flow:DeclareTimeout must be longer than nothing.";
        if (options.Sweep <= TimeSpan.Zero) yield return "Flow:Sweep must be longer than nothing.";
        if (options.CancelGrace < TimeSpan.Zero) yield return "Flow:CancelGrace must not be negative.";
        if (options.StopGrace < TimeSpan.Zero) yield return "Flow:StopGrace must not be negative.";
        if (options.Database is { Provider: StorageProvider.PostgreSql, ConnectionString: null or "" })
            yield return "Flow:Database:ConnectionString is needed with PostgreSql: Host=…;Database=…;Username=…;Password=….";
    }

    private static IEnumerable<string> CheckAccess(DaemonOptions options)
    {
        if (ProxyRules.WhyNotPath(options.PathBase) is { } path) yield return $"Flow:PathBase '{options.PathBase}' {path}";
        if (options.PublicUrl.Length > 0 && (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var open) || open.Scheme is not ("http" or "https") || open.Query.Length > 0))
            yield return $"Flow:PublicUrl '{options.PublicUrl}' is no address. Write it like https://flow.example.com.";
        if (ProxyRules.WhyNotProxies(options.TrustedProxies) is { } proxies) yield return $"Flow:TrustedProxies: {proxies}";
        if (!options.Oidc.IsOn) yield break;
        if (!Uri.TryCreate(options.Oidc.Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("http" or "https"))
            yield return $"Flow:Oidc:Authority '{options.Oidc.Authority}' is no address. Write it like https://id.example.com/realms/main.";
        else if (authority.Scheme == "http" && !authority.IsLoopback)
            yield return $"Flow:Oidc:Authority '{options.Oidc.Authority}' must be https: what it says decides who is let in.";
        if (options.Oidc.ClientId.Length == 0) yield return "Flow:Oidc:ClientId is needed: what the provider knows this daemon as.";
    }

    private static string? WhyNotUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme != "http" ? "is no http address; the API is plain HTTP, behind a proxy that speaks TLS where needed."
                : address.PathBase.Length > 0 ? "must have no path."
                : address.Port is < 0 or > 65535 ? "has no such port."
                : null;
        }
        catch (FormatException)
        {
            return "is no address.";
        }
    }
}
