using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow assets</c>, and <c>events</c> and <c>update</c> of one.</summary>
internal sealed class AssetsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("assets", "Lists assets: who makes and follows them, and their latest update.")
    {
        new Events(Options, Terminal).Create(),
        new Update(Options, Terminal).Create(),
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var assets = await client.AssetsAsync(null, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(assets);
        else if (assets.Length == 0) Terminal.Error.WriteLine("There are no assets: no script names one.");
        else Write(assets);
        return ExitCodes.Fine;
    }

    private static Argument<string> Uri() => new("URI") { Description = "The asset's uri." };

    private void Write(AssetResource[] assets)
    {
        var columns = new Columns("ASSET", "VALUE", "MADE BY", "FOLLOWED BY", "UPDATED");
        foreach (var asset in assets)
        {
            columns.Add(
                StateLook.Escaped(asset.Uri), StateLook.Escaped(asset.Type ?? ""), StateLook.Escaped(string.Join(", ", asset.Makers)),
                StateLook.Escaped(string.Join(", ", asset.Followers)),
                asset.Latest is { } latest ? $"{Words.Time(latest.Time)} [dim]by {StateLook.Escaped(latest.By)}[/]" : "never");
        }

        columns.Write(Terminal);
    }

    private sealed class Events(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private const int DefaultCount = 20;
        private readonly Argument<string> _uri = Uri();
        private readonly Option<int?> _count = CommonOptions.Number("--count", $"How many. Default: {DefaultCount}.", 1, 1_000);

        protected override Command Declare() => new("events", "Shows the updates of an asset, the newest first.") { _uri, _count };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var asset = (await client.AssetsAsync(parsed.GetRequiredValue(_uri), cancellation))[0];
            var events = await client.AssetEventsAsync(asset.Id, parsed.GetValue(_count) ?? DefaultCount, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(events);
            else if (events.Length == 0) Terminal.Error.WriteLine($"{asset.Uri} was never updated.");
            else Write(events);
            return ExitCodes.Fine;
        }

        private void Write(AssetEventResource[] events)
        {
            var columns = new Columns("UPDATE", "TIME", "BY", "RUN", "VALUE", "EXTRA");
            foreach (var update in events)
            {
                columns.Add(
                    update.Id.ToString(CultureInfo.InvariantCulture), Words.Time(update.Time), StateLook.Escaped(update.By),
                    update.RunId?.ToString(CultureInfo.InvariantCulture) ?? "", StateLook.Escaped(Value(update)),
                    StateLook.Escaped(Words.Line(update.Extra?.ToString(), 40)));
            }

            columns.Write(Terminal);
        }

        private static string Value(AssetEventResource update) => update.Large is { } large
            ? $"{large.Size.ToString("N0", CultureInfo.InvariantCulture)} bytes"
            : Words.Line(update.Value?.ToString(), 60);
    }

    private sealed class Update(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _uri = Uri();
        private readonly Option<string?> _value = new("--value") { Description = "Its value as JSON; left out for an asset that has none.", HelpName = "JSON" };
        private readonly Option<string?> _extra = new("--extra") { Description = "What is said with it, as JSON.", HelpName = "JSON" };

        protected override Command Declare() => new("update", "Tells that an asset was updated: the DAGs that follow it run.") { _uri, _value, _extra };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var update = await client.UpdateAssetAsync(
                parsed.GetRequiredValue(_uri), Json(parsed.GetValue(_value), "--value"), Json(parsed.GetValue(_extra), "--extra"), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(update);
            else Terminal.Out.WriteLine($"{update.Uri} is updated ({update.Id.ToString(CultureInfo.InvariantCulture)}).");
            return ExitCodes.Fine;
        }

        private static string? Json(string? text, string option)
        {
            if (text is null) return null;
            try
            {
                using var document = JsonDocument.Parse(text);
                return document.RootElement.GetRawText();
            }
            catch (JsonException error)
            {
                throw CliException.Usage($"{Words.Line(text, 60)} for {option} is not JSON: {error.Message} A text is written with quotes: '\"new\"'.");
            }
        }
    }
}
