using System.CommandLine;

namespace Wizart.Flow.Host.Cli;

/// <summary>Settings that the daemon and the other verbs share: <c>appsettings.json</c> here, then the environment, then options.</summary>
internal static class FlowSettings
{
    /// <summary>The section that holds them.</summary>
    public const string Section = "Flow";

    /// <summary>The settings of a folder and the environment; later ones win.</summary>
    /// <exception cref="CliException">The file can't be read.</exception>
    public static IConfiguration Load(string folder, IEnumerable<KeyValuePair<string, string?>>? options = null)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(folder)
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(options)
                .Build();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or FormatException)
        {
            var reason = error.InnerException?.Message ?? error.Message;
            throw CliException.Usage($"{Path.Combine(folder, "appsettings.json")} can't be read: {reason}");
        }
    }

    /// <summary>The folder of scripts.</summary>
    public static string Pipelines(ParseResult parsed, CommonOptions options, Terminal terminal) =>
        Folder(parsed.GetValue(options.Pipelines), "Pipelines", "pipelines", terminal);

    /// <summary>The folder of the daemon's own files.</summary>
    public static string State(ParseResult parsed, CommonOptions options, Terminal terminal) =>
        Folder(parsed.GetValue(options.State), "State", ".flow", terminal);

    private static string Folder(string? given, string setting, string whenNone, Terminal terminal)
    {
        var folder = given ?? Load(terminal.Folder)[$"{Section}:{setting}"];
        return Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? whenNone : folder, terminal.Folder);
    }
}
