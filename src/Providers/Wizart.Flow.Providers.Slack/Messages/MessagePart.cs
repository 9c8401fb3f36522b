namespace Wizart.Flow.Providers.Slack.Messages;

/// <summary>One thing that a message says.</summary>
internal abstract record MessagePart
{
    /// <summary>A paragraph, in Slack's own markup.</summary>
    public sealed record Paragraph(string Text) : MessagePart;

    /// <summary>Text as it is, in type of one width.</summary>
    public sealed record Code(string Text) : MessagePart;

    /// <summary>Names and values.</summary>
    public sealed record Fields(List<(string Name, string Value)> Items) : MessagePart;
}
