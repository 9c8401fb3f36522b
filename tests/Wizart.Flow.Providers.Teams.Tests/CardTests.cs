using System.Text;
using System.Text.Json.Nodes;
using Wizart.Flow.Providers.Teams.Cards;

namespace Wizart.Flow.Providers.Teams.Tests;

public sealed class CardTests : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-teams-").FullName;

    public CardTests() => Directory.SetCurrentDirectory(_folder);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_card_is_a_message_with_an_adaptive_card()
    {
        var message = Message(new Card("Holds 420 requests/s").Good().Text("All *well*").Fact("p95", 1234.5).Fact("Bound by", null).Link("All steps", "https://example.com/sheet"));

        Assert.Equal("message", (string)message["type"]!);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string)message["attachments"]![0]!["contentType"]!);
        var card = Content(message);
        Assert.Equal(("AdaptiveCard", "1.5", "Full"), ((string)card["type"]!, (string)card["version"]!, (string)card["msteams"]!["width"]!));
        Assert.Equal(["TextBlock", "TextBlock", "FactSet"], card["body"]!.AsArray().Select(b => (string)b!["type"]!));
        Assert.Equal(("Holds 420 requests/s", "Good"), ((string)card["body"]![0]!["text"]!, (string)card["body"]![0]!["color"]!));
        Assert.Equal("""[{"title":"p95","value":"1234.5"},{"title":"Bound by","value":"—"}]""", card["body"]![2]!["facts"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(("Action.OpenUrl", "https://example.com/sheet"), ((string)card["actions"]![0]!["type"]!, (string)card["actions"]![0]!["url"]!));
    }

    [Fact]
    public void A_table_has_its_headings_first()
    {
        var table = Content(Message(new Card("t").Table([new { Rps = 20, Ok = true }, new { Rps = 40, Ok = false }], ("Rate", s => s.Rps), ("Held", s => s.Ok ? "yes" : "no"))))["body"]![1]!;

        Assert.Equal(("Table", 2, 3), ((string)table["type"]!, table["columns"]!.AsArray().Count, table["rows"]!.AsArray().Count));
        Assert.Equal(["Rate", "Held", "20", "yes", "40", "no"], table["rows"]!.AsArray().SelectMany(r => r!["cells"]!.AsArray()).Select(c => (string)c!["items"]![0]!["text"]!));
        Assert.Throws<ArgumentException>(() => new Card("t").Table(["a"], [[1, 2]]));
    }

    [Fact]
    public void A_small_picture_goes_along_and_a_large_one_is_named()
    {
        var small = ArtifactFile.Write("p95.png", new byte[5000]);
        var large = ArtifactFile.Write("large.png", new byte[50_000]);
        var body = Content(Message(new Card("t").Image(small).Image(large).Image("https://example.com/p.png", "p")))["body"]!.AsArray();

        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(new byte[5000])}", (string)body[1]!["url"]!);
        Assert.Equal("Picture large.png (49 KB) is kept with the run.", (string)body[2]!["text"]!);
        Assert.Equal(("Image", "https://example.com/p.png"), ((string)body[3]!["type"]!, (string)body[3]!["url"]!));
    }

    [Fact]
    public void People_are_mentioned()
    {
        var card = Content(Message(new Card("t").Mention("Ann Lee", "ann@example.com")));
        Assert.Equal("<at>Ann Lee</at>", (string)card["body"]![1]!["text"]!);
        Assert.Equal(("<at>Ann Lee</at>", "ann@example.com"), ((string)card["msteams"]!["entities"]![0]!["text"]!, (string)card["msteams"]!["entities"]![0]!["mentioned"]!["id"]!));
    }

    [Fact]
    public void What_is_over_20_KB_is_cut_from_the_end_and_the_card_says_so()
    {
        var card = new Card("t").Fact("kept", "yes");
        for (var i = 0; i < 30; i++) card.Text($"{i} " + new string('ü', 1500));
        var json = CardJson.Write(card);

        Assert.InRange(json.Length, 10 * 1024, CardJson.MostBytes);
        var body = Content(JsonNode.Parse(json)!)["body"]!.AsArray();
        Assert.Equal("FactSet", (string)body[1]!["type"]!);
        Assert.StartsWith("0 ü", (string)body[2]!["text"]!, StringComparison.Ordinal);
        Assert.Equal("… cut: the message was larger than 20 KB.", (string)body[^1]!["text"]!);
    }

    [Fact]
    public void Of_a_long_table_the_last_rows_are_cut()
    {
        var json = CardJson.Write(new Card("t").Table(["a", "b"], Enumerable.Range(0, 500).Select(i => (IReadOnlyList<object?>)[i, new string('x', 300)])));
        var body = Content(JsonNode.Parse(json)!)["body"]!.AsArray();

        Assert.InRange(json.Length, 15 * 1024, CardJson.MostBytes);
        Assert.InRange(body[1]!["rows"]!.AsArray().Count, 20, 50);
        Assert.Contains("cut", (string)body[^1]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signs_pair_is_not_cut_in_two()
    {
        var json = CardJson.Write(new Card("t").Text(string.Concat(Enumerable.Repeat("a😀", 3000))));
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void Bad_addresses_are_refused_when_the_card_is_made()
    {
        Assert.Contains("'javascript:alert(1)'", Assert.Throws<ArgumentException>(() => new Card("t").Link("x", "javascript:alert(1)")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Card("t").Image("p95.png"));
        Assert.Throws<ArgumentException>(() => new Card(" "));
    }

    private static JsonNode Message(Card card) => JsonNode.Parse(CardJson.Write(card))!;

    private static JsonNode Content(JsonNode message) => message["attachments"]![0]!["content"]!;
}
