using System.CommandLine;
using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow serve</c>, which is also what <c>flow</c> alone does.</summary>
internal sealed class ServeVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private readonly Option<string?> _url = new("--url") { Description = "Where the API listens. Default: http://127.0.0.1:8080.", HelpName = "URL" };
    private readonly Option<int?> _workers = CommonOptions.Number("--workers", "Attempts at once. Default: twice the cores, at least 4.", 1, DaemonSettings.MostWorkers);

    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "Any setting of the section Flow, as often as needed: --set StopGrace=00:01:00.",
        HelpName = "NAME=VALUE",
    };

    /// <inheritdoc/>
    public override Command Create()
    {
        var command = new Command("serve", "Runs the daemon: takes scripts as they are saved, runs them when due, serves the API. The default verb.");
        AddTo(command);
        return command;
    }

    /// <summary>Makes a command one that serves.</summary>
    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_workers);
        command.Add(_settings);
        command.SetAction((parsed, cancellation) => Daemon.Daemon.RunAsync(DaemonSettings.Read(FlowSettings.Load(Terminal.Folder, Given(parsed))), cancellation));
    }

    private List<KeyValuePair<string, string?>> Given(ParseResult parsed)
    {
        var given = new List<KeyValuePair<string, string?>>();
        foreach (var text in parsed.GetValue(_settings) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw CliException.Usage($"'{text}' for --set is not NAME=VALUE.");
            Set(text[..equals], text[(equals + 1)..]);
        }

        Set("Pipelines", parsed.GetValue(Options.Pipelines));
        Set("State", parsed.GetValue(Options.State));
        Set("Url", parsed.GetValue(_url));
        Set("Workers", parsed.GetValue(_workers)?.ToString(CultureInfo.InvariantCulture));
        return given;

        void Set(string name, string? value)
        {
            if (value is not null) given.Add(new($"{FlowSettings.Section}:{name}", value));
        }
    }
}
