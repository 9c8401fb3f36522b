using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wizart.Flow.Providers.Teams.Cards;

/// <summary>A card as a message with an Adaptive Card, cut to the size that Teams takes.</summary>
internal static class CardJson
{
    /// <summary>Teams refuses messages over 28 KB; what a workflow adds needs room too.</summary>
    public const int MostBytes = 20 * 1024;

    private const int LargestPicture = 13 * 1024;
    private const int LongestText = 4000;
    private const int MostRows = 50;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message, at most <see cref="MostBytes"/>.</summary>
    public static byte[] Write(Card card)
    {
        var body = new List<JsonObject> { Title(card) };
        var mentions = new JsonArray();
        foreach (var part in card.Parts) body.AddRange(Of(part, mentions));
        var actions = new JsonArray([.. card.Links.Select(l => new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = Cut(l.Text, 100), ["url"] = l.Url })]);

        var cut = 0;
        while (true)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(Message(body, cut, actions, mentions), Options);
            if (json.Length <= MostBytes) return json;
            if (!Shorten(body)) throw new TeamsException($"The card '{Cut(card.Title, 80)}' is over {MostBytes / 1024} KB even without its body: its links are too long.");
            cut++;
        }
    }

    private static JsonObject Message(List<JsonObject> body, int cut, JsonArray actions, JsonArray mentions)
    {
        var shown = new JsonArray([.. body.Select(b => b.DeepClone())]);
        if (cut > 0) shown.Add(Text("… cut: the message was larger than 20 KB.", subtle: true));
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.5",
                    ["body"] = shown,
                    ["actions"] = actions.DeepClone(),
                    ["msteams"] = new JsonObject { ["width"] = "Full", ["entities"] = mentions.DeepClone() },
                },
            }),
        };
    }

    /// <summary>Takes the last row of the last table, else the last part but the title.</summary>
    private static bool Shorten(List<JsonObject> body)
    {
        if (body.Count <= 1) return false;
        if (body[^1]["rows"] is JsonArray { Count: > 2 } rows) rows.RemoveAt(rows.Count - 1);
        else if (body[^1]["facts"] is JsonArray { Count: > 1 } facts) facts.RemoveAt(facts.Count - 1);
        else body.RemoveAt(body.Count - 1);
        return true;
    }

    private static IEnumerable<JsonObject> Of(CardPart part, JsonArray mentions)
    {
        switch (part)
        {
            case CardPart.Paragraph paragraph:
                return [Text(Cut(paragraph.Text, LongestText))];
            case CardPart.Code code:
                return [new JsonObject { ["type"] = "TextBlock", ["text"] = Cut(code.Text, LongestText).ReplaceLineEndings("\n\n"), ["wrap"] = true, ["fontType"] = "Monospace", ["size"] = "Small" }];
            case CardPart.Facts facts:
                return [new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. facts.Items.Select(f => new JsonObject { ["title"] = Cut(f.Name, 200), ["value"] = Cut(f.Value, 1000) })]) }];
            case CardPart.Grid grid:
                return Grid(grid);
            case CardPart.Picture picture:
                return [Picture(picture)];
            case CardPart.Mention mention:
                var tag = $"<at>{mention.Name}</at>";
                mentions.Add(new JsonObject { ["type"] = "mention", ["text"] = tag, ["mentioned"] = new JsonObject { ["id"] = mention.User, ["name"] = mention.Name } });
                return [Text(tag)];
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "There is no other part.");
        }
    }

    private static IEnumerable<JsonObject> Grid(CardPart.Grid grid)
    {
        yield return new JsonObject
        {
            ["type"] = "Table",
            ["firstRowAsHeader"] = true,
            ["columns"] = new JsonArray([.. grid.Columns.Select(_ => new JsonObject { ["width"] = 1 })]),
            ["rows"] = new JsonArray([.. grid.Rows.Take(MostRows).Prepend(grid.Columns).Select(Row)]),
        };
        if (grid.Rows.Count > MostRows) yield return Text($"… and {grid.Rows.Count - MostRows} more rows", subtle: true);
    }

    private static JsonObject Row(string[] cells) => new()
    {
        ["type"] = "TableRow",
        ["cells"] = new JsonArray([.. cells.Select(c => new JsonObject { ["type"] = "TableCell", ["items"] = new JsonArray(Text(Cut(c, 500))) })]),
    };

    private static JsonObject Picture(CardPart.Picture picture)
    {
        if (picture.Url is { } url) return new JsonObject { ["type"] = "Image", ["url"] = url, ["altText"] = picture.Description, ["size"] = "Stretch" };
        var kept = picture.Kept!;
        if (kept.ContentType is not ("image/png" or "image/jpeg" or "image/gif") || kept.Size > LargestPicture)
            return Text($"Picture {kept.Name} ({kept.Size / 1024.0:0} KB) is kept with the run.", subtle: true);
        using var content = ArtifactFile.Open(kept);
        var bytes = new byte[kept.Size];
        content.ReadExactly(bytes);
        return new JsonObject { ["type"] = "Image", ["url"] = $"data:{kept.ContentType};base64,{Convert.ToBase64String(bytes)}", ["altText"] = kept.Name, ["size"] = "Stretch" };
    }

    private static JsonObject Title(Card card) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = Cut(card.Title, 300),
        ["size"] = "Large",
        ["weight"] = "Bolder",
        ["wrap"] = true,
        ["color"] = card.Color.ToString(),
    };

    private static JsonObject Text(string text, bool subtle = false) => new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true, ["isSubtle"] = subtle };

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end] + "…";
    }
}
