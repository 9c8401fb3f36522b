using System.Text;
using System.Text.Json.Nodes;
using Wizart.Flow.Providers.Slack.Messages;

namespace Wizart.Flow.Providers.Slack.Tests;

public sealed class MessageTests
{
    [Fact]
    public void A_message_has_title_text_fields_and_buttons()
    {
        var message = Message(new SlackMessage("Holds 420 requests/s").Text("All *well*").Field("p95", 1234.5).Field("Bound by", null).Link("All steps", "https://example.com/sheet"));

        Assert.Equal("Holds 420 requests/s", (string)message["text"]!);
        var blocks = message["blocks"]!.AsArray();
        Assert.Equal(["header", "section", "section", "actions"], blocks.Select(b => (string)b!["type"]!));
        Assert.Equal(("mrkdwn", "All *well*"), ((string)blocks[1]!["text"]!["type"]!, (string)blocks[1]!["text"]!["text"]!));
        Assert.Equal(["*p95*\n1234.5", "*Bound by*\n—"], blocks[2]!["fields"]!.AsArray().Select(f => (string)f!["text"]!));
        Assert.Equal(("button", "https://example.com/sheet"), ((string)blocks[3]!["elements"]![0]!["type"]!, (string)blocks[3]!["elements"]![0]!["url"]!));
    }

    [Fact]
    public void Values_can_call_nobody_and_hide_no_address()
    {
        const string mean = "<!channel> <https://example.com|click> a & b";
        const string harmless = "&lt;!channel&gt; &lt;https://example.com|click&gt; a &amp; b";
        var blocks = Message(new SlackMessage(mean).Text(mean).Field(mean, mean).Code(mean))["blocks"]!;

        Assert.Equal("plain_text", (string)blocks[0]!["text"]!["type"]!);
        Assert.Equal(harmless, (string)blocks[1]!["text"]!["text"]!);
        Assert.Equal($"*{harmless}*\n{harmless}", (string)blocks[2]!["fields"]![0]!["text"]!);
        Assert.Equal($"```{harmless}```", (string)blocks[3]!["text"]!["text"]!);
        Assert.Equal(harmless, (string)Message(new SlackMessage(mean))["text"]!);
    }

    [Fact]
    public void Code_does_not_end_where_it_says_so_itself() =>
        Assert.Equal("```a`\u200B`\u200B`*b*```", Text(Message(new SlackMessage("t").Code("a```*b*"))["blocks"]![1]!));

    [Fact]
    public void Long_texts_are_cut_visibly_and_no_sign_in_two()
    {
        var blocks = Message(new SlackMessage(new string('t', 400)).Text(string.Concat(Enumerable.Repeat("a😀", 3000))).Code(new string('c', 4000)).Field("f", new string('v', 5000)))["blocks"]!;
        var (title, text, code, field) = (Text(blocks[0]!), Text(blocks[1]!), Text(blocks[2]!), (string)blocks[3]!["fields"]![0]!["text"]!);

        Assert.Equal((150, '…'), (title.Length, title[^1]));
        Assert.InRange(text.Length, 2990, 3000);
        Assert.EndsWith("… (cut)", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(3000, code.Length);
        Assert.EndsWith("… (cut)```", code, StringComparison.Ordinal);
        Assert.InRange(field.Length, 1700, 2000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_escape_is_not_cut_in_two(int before)
    {
        var text = SlackText.Escape(new string('a', before) + new string('&', 1000), 100);
        Assert.InRange(text.Length, 90, 100);
        Assert.Equal(new string('a', before), text[..^"… (cut)".Length].Replace("&amp;", "", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_ten_fields_stand_in_further_blocks()
    {
        var message = new SlackMessage("t");
        for (var i = 0; i < 23; i++) message.Field($"f{i}", i);
        Assert.Equal([10, 10, 3], Message(message)["blocks"]!.AsArray().Skip(1).Select(b => b!["fields"]!.AsArray().Count));
    }

    [Theory]
    [InlineData(200, 10, 50)]
    [InlineData(30, 2000, 9)]
    public void What_is_over_the_limits_is_cut_from_the_end_and_the_message_says_so(int paragraphs, int length, int blocksLeft)
    {
        var message = new SlackMessage("t").Link("open", "https://example.com");
        for (var i = 0; i < paragraphs; i++) message.Text(new string('x', length));
        var blocks = Message(message)["blocks"]!.AsArray();

        Assert.Equal(blocksLeft, blocks.Count);
        Assert.Equal("… cut: the message was larger than Slack takes.", (string)blocks[^2]!["elements"]![0]!["text"]!);
        Assert.Equal("actions", (string)blocks[^1]!["type"]!);
    }

    [Fact]
    public void Bad_addresses_and_too_many_buttons_are_refused_when_the_message_is_made()
    {
        Assert.Contains("'javascript:alert(1)'", Assert.Throws<ArgumentException>(() => new SlackMessage("t").Link("x", "javascript:alert(1)")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SlackMessage("t").Link("x", "https://example.com/" + new string('a', 3000)));
        Assert.Throws<ArgumentException>(() => Enumerable.Range(0, 6).Aggregate(new SlackMessage("t"), (m, i) => m.Link($"{i}", "https://example.com")));
        Assert.Throws<ArgumentException>(() => new SlackMessage(" "));
    }

    private static JsonNode Message(SlackMessage message) => JsonNode.Parse(MessageJson.Write(message))!;

    private static string Text(JsonNode block) => (string)block["text"]!["text"]!;
}
