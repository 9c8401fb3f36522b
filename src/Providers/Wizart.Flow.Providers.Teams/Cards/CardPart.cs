namespace Wizart.Flow.Providers.Teams.Cards;

/// <summary>What a card is made of, from top to bottom.</summary>
internal abstract record CardPart
{
    public sealed record Paragraph(string Text) : CardPart;

    public sealed record Code(string Text) : CardPart;

    public sealed record Facts(List<(string Name, string Value)> Items) : CardPart;

    public sealed record Grid(string[] Columns, List<string[]> Rows) : CardPart;

    public sealed record Picture(string Description, string? Url, Artifact? Kept) : CardPart;

    public sealed record Mention(string Name, string User) : CardPart;
}

/// <summary>The colors that Teams gives to texts.</summary>
internal enum CardColor
{
    Default,
    Good,
    Warning,
    Attention,
}
