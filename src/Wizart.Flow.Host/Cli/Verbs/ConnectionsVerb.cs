using System.CommandLine;
using Spectre.Console;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow connections list|set|test|remove</c>.</summary>
internal static class ConnectionsVerb
{
    public static Command Create(CommonOptions options, Terminal terminal) => new("connections", "Lists, stores and tries connections. Secrets are never shown.")
    {
        new List(options, terminal).Create(), new Set(options, terminal).Create(), new Test(options, terminal).Create(), new Remove(options, terminal).Create(),
    };

    private static Argument<string> Id() => new("ID") { Description = "The connection's id." };

    private sealed class List(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        protected override Command Declare() => new("list", "Lists the connections that tasks may use, and where each stands.");

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var connections = await client.ConnectionsAsync(cancellation);
            if (IsJson(parsed))
            {
                Terminal.WriteJson(connections);
                return ExitCodes.Fine;
            }

            var columns = new Columns("CONNECTION", "TYPE", "STANDS IN", "SETTINGS");
            foreach (var connection in connections)
            {
                var settings = string.Join(", ", connection.Values.Select(v => $"{v.Key}={v.Value}"));
                columns.Add(
                    StateLook.Escaped(connection.Id), StateLook.Escaped(connection.Type), SnakeCaseEnums.Word(connection.Origin),
                    connection.Problem is { } problem ? $"[red]{StateLook.Escaped(problem)}[/]" : StateLook.Escaped(settings));
            }

            columns.Write(Terminal);
            return ExitCodes.Fine;
        }
    }

    private sealed class Set(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _id = Id();
        private readonly Argument<string[]> _values = new("NAME=VALUE") { Description = "Settings. NAME= removes one; others stay.", Arity = ArgumentArity.ZeroOrMore };
        private readonly Option<string> _type = new("--type") { Description = "Which kind: http, postgres, smtp, … Needed for a new one.", HelpName = "TYPE" };
        private readonly Option<string> _description = new("--description") { Description = "Words for people.", HelpName = "TEXT" };
        private readonly Option<string[]> _secrets = new("--secret")
        {
            Description = "A setting that is asked for, or read from standard input: all of it for one, a line each for several.",
            HelpName = "NAME",
        };

        protected override Command Declare() => new("set", "Stores a connection in the daemon's database, encrypted.") { _id, _values, _type, _description, _secrets };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var id = parsed.GetRequiredValue(_id);
            var known = (await client.ConnectionsAsync(cancellation)).FirstOrDefault(c => c.Id == id);
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in known?.Values ?? new Dictionary<string, string>()) values[name] = value;
            foreach (var text in parsed.GetValue(_values) ?? [])
            {
                var equals = text.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0) throw CliException.Usage($"'{text}' is not NAME=VALUE.");
                values[text[..equals]] = text[(equals + 1)..];
            }

            foreach (var (name, value) in await SecretsAsync(parsed.GetValue(_secrets) ?? [], cancellation)) values[name] = value;
            var body = new ConnectionBody(parsed.GetValue(_type), values, parsed.GetValue(_description) ?? known?.Description);
            var stored = await client.SetConnectionAsync(id, body, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(stored);
            else Terminal.Out.WriteLine($"Connection {stored.Id} ({stored.Type}) is stored. Try it: flow connections test {stored.Id}");
            return ExitCodes.Fine;
        }

        private async Task<IReadOnlyList<(string Name, string Value)>> SecretsAsync(string[] names, CancellationToken cancellation)
        {
            var found = new List<(string, string)>();
            foreach (var name in names)
            {
                var value = Terminal.Piped is { } piped
                    ? names.Length == 1 ? (await piped.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n') : await piped.ReadLineAsync(cancellation)
                    : Terminal.In is not null
                        ? await new TextPrompt<string>($"{StateLook.Escaped(name)}:").Secret(null).ShowAsync(Terminal.Console, cancellation)
                        : null;
                found.Add((name, value is { Length: > 0 } ? value : throw CliException.Usage($"There is no value for --secret {name}: pipe it in, as in 'flow connections set … --secret {name} < file'.")));
            }

            return found;
        }
    }

    private sealed class Test(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _id = Id();

        protected override Command Declare() => new("test", "Tries a connection from the daemon: reaches the other side and signs in. Ends with 1 when that fails.") { _id };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var trial = await client.TryConnectionAsync(parsed.GetRequiredValue(_id), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(trial);
            else if (trial.Ok) Terminal.Out.WriteLine(trial.Message);
            else Terminal.Fail(trial.Message);
            return trial.Ok ? ExitCodes.Fine : ExitCodes.Failed;
        }
    }

    private sealed class Remove(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _id = Id();

        protected override Command Declare() => new("remove", "Removes a connection from the daemon's database.") { _id };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var id = parsed.GetRequiredValue(_id);
            await client.RemoveConnectionAsync(id, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(writer => writer.WriteNullValue());
            else Terminal.Out.WriteLine($"Connection {id} is removed.");
            return ExitCodes.Fine;
        }
    }
}
