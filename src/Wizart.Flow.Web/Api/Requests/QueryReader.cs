using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web;

/// <summary>Reads the parameters of a query and collects all that is wrong with them.</summary>
internal sealed partial class QueryReader(IQueryCollection query)
{
    /// <summary>The most entries that one page has.</summary>
    public const int MaximumCount = 1_000;

    private readonly List<string> _mistakes = [];

    /// <summary>How many entries are asked for.</summary>
    public int Count(int whenNone) => Integer("count", 1, MaximumCount) ?? whenNone;

    /// <summary>A whole number within limits; null when it isn't given.</summary>
    public int? Integer(string name, int minimum, int maximum) =>
        Read<int>(
            name,
            text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
                ? value
                : null,
            maximum == int.MaxValue ? $"a whole number of at least {minimum}" : $"a whole number from {minimum} to {maximum}");

    /// <summary>Which part of a list: <c>count</c>, all by default, and <c>cursor</c>.</summary>
    public PageRequest Page(int? whenNone = null)
    {
        var count = Integer("count", 1, MaximumCount) ?? whenNone;
        return new PageRequest(count, Key());
    }

    /// <summary>The key that a <c>cursor</c> stands for; null when it isn't given.</summary>
    public string? Key()
    {
        if (Text("cursor") is not { } cursor) return null;
        var key = PageRequest.Read(cursor);
        if (key is null) _mistakes.Add("cursor is not from the Link of an earlier answer.");
        return key;
    }

    /// <summary>The number that a <c>cursor</c> stands for; null when it isn't given.</summary>
    public long? NumberKey()
    {
        if (Key() is not { } key) return null;
        var number = RunPath.Id(key);
        if (number is null) _mistakes.Add("cursor is not from the Link of an earlier answer.");
        return number;
    }

    /// <summary>Words of an enumeration: given several times, or with commas between them.</summary>
    public IReadOnlyList<T> Words<T>(string name)
        where T : struct, Enum
    {
        var words = new List<T>();
        foreach (var text in Texts(name).SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (SnakeCaseEnums.Read<T>(text) is { } word) words.Add(word);
            else _mistakes.Add($"'{Short(text)}' for {name} is not one of {string.Join(", ", Enum.GetValues<T>().Select(SnakeCaseEnums.Word))}.");
        }

        return [.. words.Distinct()];
    }

    /// <summary>The id before which a page ends; null when it isn't given.</summary>
    public long? Before() =>
        Read<long>("before", text => RunPath.Id(text), "the id of an entry of an earlier answer") ?? NumberKey();

    /// <summary>Yes or no; no when it isn't given.</summary>
    public bool Flag(string name) =>
        Read<bool>(name, text => text.Length == 0 ? true : bool.TryParse(text, out var value) ? value : null, "true or false") ?? false;

    /// <summary>A word of an enumeration; null when it isn't given.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum =>
        Read<T>(name, SnakeCaseEnums.Read<T>, $"one of {string.Join(", ", Enum.GetValues<T>().Select(SnakeCaseEnums.Word))}");

    /// <summary>A time; UTC unless it has an offset. Null when it isn't given.</summary>
    public DateTimeOffset? Time(string name) =>
        // In a query a plus that was not escaped arrives as a blank.
        Read<DateTimeOffset>(name, text => DateText.Read(BlankOffset().Replace(text, "+$1"), TimeZoneInfo.Utc), "a time such as 2026-11-01T06:00:00Z (ISO 8601)");

    /// <summary>A text as it stands; null when it isn't given.</summary>
    public string? Text(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>All texts of a parameter that may be given several times.</summary>
    public IReadOnlyList<string> Texts(string name) => query.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    /// <summary>A span of time of a least length, such as <c>1h</c>; null when it isn't given.</summary>
    public TimeSpan? Span(string name, TimeSpan minimum) =>
        Read<TimeSpan>(name, text => DurationText.Read(text) is { } span && span >= minimum ? span : null, $"a span of at least {minimum.TotalSeconds:0.###} s, such as 1h");

    /// <summary>A value with a reader of its own; null when it isn't given.</summary>
    public T? Parsed<T>(string name, Func<string, T?> read, string expected)
        where T : struct => Read(name, read, expected);

    /// <summary>Notes something else that is wrong.</summary>
    public void Wrong(string mistake) => _mistakes.Add(mistake);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public void Check()
    {
        if (_mistakes.Count > 0) throw ApiProblem.Invalid(_mistakes);
    }

    private T? Read<T>(string name, Func<string, T?> read, string expected)
        where T : struct
    {
        if (Text(name) is not { } text) return null;
        var value = read(text);
        if (value is null) _mistakes.Add($"'{Short(text)}' for {name} is not {expected}.");
        return value;
    }

    private static string Short(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");

    [GeneratedRegex(@"(?<=\d\d:\d\d\S*) (\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex BlankOffset();
}
