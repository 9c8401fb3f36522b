namespace Wizart.Flow.Web;

/// <summary>Something that may be said in a request's query, or in a header of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Text">Words about it.</param>
internal sealed record QueryWord(string Name, QueryType Type, string Text)
{
    /// <summary>The words that may be given; none for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it may be given several times.</summary>
    public bool Many { get; init; }

    /// <summary>Whether it is a header.</summary>
    public bool IsHeader { get; init; }

    public static QueryWord Of(string name, string text) => new(name, QueryType.Text, text);

    public static QueryWord Number(string name, string text) => new(name, QueryType.Number, text);

    public static QueryWord Flag(string name, string text) => new(name, QueryType.Flag, text);

    public static QueryWord Time(string name, string text) => new(name, QueryType.Time, text);

    public static QueryWord Header(string name, string text) => new(name, QueryType.Text, text) { IsHeader = true };

    public static QueryWord Word<T>(string name, string text, bool many = false)
        where T : struct, Enum =>
        new(name, QueryType.Text, text) { Choices = [.. Enum.GetValues<T>().Select(SnakeCaseEnums.Word)], Many = many };
}

/// <summary>The type of a query's value.</summary>
internal enum QueryType
{
    Text,
    Number,
    Flag,
    Time,
}
