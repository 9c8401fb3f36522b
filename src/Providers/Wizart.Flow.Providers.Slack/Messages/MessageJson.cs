using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wizart.Flow.Providers.Slack.Messages;

/// <summary>A message in Slack's blocks, cut to what Slack takes. The limits are those of its Block Kit reference.</summary>
internal static class MessageJson
{
    /// <summary>Buttons of a message; further ones would wrap.</summary>
    public const int MostLinks = 5;

    /// <summary>Characters of a button's address.</summary>
    public const int LongestUrl = 3000;

    /// <summary>Characters of all blocks; Slack refuses messages of some 13,000 as <c>msg_blocks_too_long</c>.</summary>
    public const int MostCharacters = 12_000;

    private const int MostBlocks = 50;
    private const int LongestTitle = 150;
    private const int LongestText = 3000;
    private const int LongestField = 2000;
    private const int LongestButton = 75;
    private const int FieldsOfABlock = 10;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message.</summary>
    public static byte[] Write(SlackMessage message)
    {
        var title = SlackText.Plain(message.Title.ReplaceLineEndings(" "), LongestTitle);
        var header = new JsonObject { ["type"] = "header", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = title, ["emoji"] = false } };
        var body = Cut(message.Parts.SelectMany(Blocks).ToList());
        if (message.Links.Count > 0) body.Add(Buttons(message.Links));

        // The text is what a notification on a phone shows.
        var json = new JsonObject { ["text"] = SlackText.Escape(title, LongestText) };
        if (message.Color is null)
        {
            json["blocks"] = new JsonArray([header, .. body]);
        }
        else
        {
            // Only an attachment has a bar of colour; it needs a block.
            json["attachments"] = new JsonArray(new JsonObject { ["color"] = message.Color, ["fallback"] = title, ["blocks"] = new JsonArray([header, .. body]) });
            json.Remove("text");
        }

        return JsonSerializer.SerializeToUtf8Bytes(json, Options);
    }

    /// <summary>Takes blocks from the end until the rest fits beside title and buttons, and says so.</summary>
    private static List<JsonObject> Cut(List<JsonObject> blocks)
    {
        const int others = 3; // title, buttons, and the line that says so
        var left = MostCharacters;
        var fitting = blocks.TakeWhile(b => (left -= Length(b)) >= 0).Take(MostBlocks - others).ToList();
        if (fitting.Count < blocks.Count)
            fitting.Add(new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Markup("… cut: the message was larger than Slack takes.")) });
        return fitting;
    }

    private static int Length(JsonObject block) => block["fields"] is JsonArray fields
        ? fields.Sum(f => ((string)f!["text"]!).Length)
        : ((string)block["text"]!["text"]!).Length;

    private static IEnumerable<JsonObject> Blocks(MessagePart part) => part switch
    {
        MessagePart.Paragraph paragraph => [Section(SlackText.Escape(paragraph.Text, LongestText))],
        MessagePart.Code code => [Section(Fenced(code.Text))],
        MessagePart.Fields fields => fields.Items.Chunk(FieldsOfABlock).Select(Section),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no other part."),
    };

    // Three backquotes would end the block; with a space of no width between them they are shown.
    private static string Fenced(string text) =>
        $"```{SlackText.Escape(text.Replace("```", "`\u200B`\u200B`", StringComparison.Ordinal), LongestText - 6)}```";

    private static JsonObject Section(string markup) => new() { ["type"] = "section", ["text"] = Markup(markup) };

    private static JsonObject Section((string Name, string Value)[] fields) => new()
    {
        ["type"] = "section",
        ["fields"] = new JsonArray([.. fields.Select(f => Markup($"*{SlackText.Escape(f.Name, 200)}*\n{SlackText.Escape(f.Value, LongestField - 203)}"))]),
    };

    private static JsonObject Buttons(IEnumerable<(string Text, string Url)> links) => new()
    {
        ["type"] = "actions",
        ["elements"] = new JsonArray([.. links.Select((l, i) => new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = $"open_{i}",
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = SlackText.Plain(l.Text, LongestButton), ["emoji"] = false },
            ["url"] = l.Url,
        })]),
    };

    private static JsonObject Markup(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };
}
