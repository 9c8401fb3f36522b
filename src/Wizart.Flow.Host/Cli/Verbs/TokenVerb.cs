using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Values;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow token list|create|revoke</c>.</summary>
internal static class TokenVerb
{
    public static Command Create(CommonOptions options, Terminal terminal) => new("token", "Tokens with which programs use the API.")
    {
        new List(options, terminal).Create(), new Make(options, terminal).Create(), new Revoke(options, terminal).Create(),
    };

    private sealed class List(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        protected override Command Declare() => new("list", "Lists tokens: all for an admin, otherwise one's own.");

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var tokens = await client.TokensAsync(cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(tokens);
            else if (tokens.Length == 0) Terminal.Error.WriteLine("There are no tokens yet. Make one with 'flow token create NAME --role operator'.");
            else Write(tokens);
            return ExitCodes.Fine;
        }

        private void Write(TokenResource[] tokens)
        {
            var columns = new Columns("ID", "TOKEN", "ROLE", "LAST USED", "UNTIL", "");
            foreach (var token in tokens)
                columns.Add(
                    token.Id.ToString(CultureInfo.InvariantCulture), StateLook.Escaped($"{token.Owner}/{token.Name}"), SnakeCaseEnums.Word(token.Role),
                    token.UsedAt is { } used ? Words.Time(used) : "never", token.ExpiresAt is { } end ? Words.Time(end) : "for ever",
                    $"[dim]{(token.RevokedAt is null ? "" : "revoked")}[/]");
            columns.Write(Terminal);
        }
    }

    private sealed class Make(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = new("NAME") { Description = "What it is for." };
        private readonly Option<string> _role = UserVerb.Role();
        private readonly Option<string?> _expires = new("--expires")
        {
            Description = "How long it lasts (90d), or until when (2027-01-01). Default: 90d; never for one that lasts for ever.",
            HelpName = "SPAN|DATE|never",
        };

        protected override Command Declare() => new("create", "Makes a token and prints it, once.") { _name, _role, _expires };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var made = await client.MakeTokenAsync(
                parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_role), Until(parsed.GetValue(_expires) ?? "90d"), cancellation);
            if (IsJson(parsed))
            {
                Terminal.WriteJson(made);
                return ExitCodes.Fine;
            }

            Terminal.Error.WriteLine("The token is not shown again:");
            Terminal.Out.WriteLine(made.Secret);
            return ExitCodes.Fine;
        }

        private DateTimeOffset? Until(string text)
        {
            if (text.Equals("never", StringComparison.OrdinalIgnoreCase)) return null;
            if (DurationText.Read(text) is { } span && span > TimeSpan.Zero && span.TotalDays <= 36_500) return Terminal.Time.GetUtcNow() + span;
            return DateText.Read(text, TimeZoneInfo.Local) ?? throw CliException.Usage($"'{text}' for --expires is no span such as 90d, no date such as 2027-01-01, and not never.");
        }
    }

    private sealed class Revoke(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<long> _id = new("ID") { Description = "The token's number, as 'flow token list' shows it." };

        protected override Command Declare() => new("revoke", "Takes a token back: it opens nothing any more.") { _id };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var id = parsed.GetRequiredValue(_id);
            await client.RevokeTokenAsync(id, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(writer => writer.WriteNullValue());
            else Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Token {id} opens nothing any more."));
            return ExitCodes.Fine;
        }
    }
}
