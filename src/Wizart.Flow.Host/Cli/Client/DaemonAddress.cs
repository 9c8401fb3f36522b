using System.CommandLine;
using Wizart.Flow.Host.Daemon;

namespace Wizart.Flow.Host.Cli;

/// <summary>Which daemon to talk to, and with which token.</summary>
internal sealed record DaemonAddress(Uri Url, string Token)
{
    /// <summary>From the options, then <c>FLOW_URL</c> and <c>FLOW_TOKEN</c>, then what the daemon wrote into its state folder.</summary>
    /// <exception cref="CliException">No daemon is known.</exception>
    public static DaemonAddress Find(ParseResult parsed, CommonOptions options, Terminal terminal)
    {
        var state = FlowSettings.State(parsed, options, terminal);
        var file = DaemonFile.Find(state);
        var givenUrl = parsed.GetValue(options.Url) ?? Environment(terminal, "FLOW_URL");
        var token = parsed.GetValue(options.Token) ?? Environment(terminal, "FLOW_TOKEN");
        var url = givenUrl ?? file?.Url ?? throw new CliException(
            $"No daemon runs here: there is no {terminal.Shown(Path.Combine(state, DaemonFile.Name))}. "
            + "Start one with 'flow serve', or name one with --url and --token.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw CliException.Usage($"'{url}' is no address of a daemon. Write it like http://127.0.0.1:8080.");

        // Our own daemon's token is for its own address only.
        token ??= file is not null && (givenUrl is null || SameAddress(file.Url, address)) ? file.Token : null;
        return new DaemonAddress(address, token ?? throw new CliException(
            $"There is no token for {url}. Give --token or set FLOW_TOKEN; it stands in daemon.json in that daemon's state folder."));
    }

    private static bool SameAddress(string url, Uri other) =>
        Uri.TryCreate(url, UriKind.Absolute, out var own) && own.Authority == other.Authority;

    private static string? Environment(Terminal terminal, string name) =>
        terminal.Environment(name) is { Length: > 0 } value ? value : null;
}
