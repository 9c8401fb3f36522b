using System.Globalization;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Metrics;

/// <summary>What a metric and its tags may be called, where one is told and where one is taken.</summary>
public static partial class MetricRules
{
    /// <summary>The most tags of one point.</summary>
    public const int MostTags = 16;

    /// <summary>The longest value of a tag.</summary>
    public const int LongestTag = 200;

    /// <summary>Why this can't be the name of a metric; null when it can.</summary>
    public static string? WhyNotName(string? name) => name is not null && NamePattern().IsMatch(name)
        ? null
        : $"'{Short(name)}' can't be the name of a metric: use 1 to 200 letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'.";

    /// <summary>Why these can't be tags; null when they can.</summary>
    public static string? WhyNotTags(IReadOnlyCollection<(string Key, string Value)> tags)
    {
        if (tags.Count > MostTags) return string.Create(CultureInfo.InvariantCulture, $"There are {tags.Count} tags; at most {MostTags} are kept with a point.");
        foreach (var (key, value) in tags)
        {
            if (key is null || !NamePattern().IsMatch(key))
                return $"'{Short(key)}' can't be the name of a tag: use 1 to 200 letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'.";
            if (value is null) return $"Tag '{key}' has no value: give a text, or leave the tag out.";
            if (value.Length > LongestTag)
                return string.Create(CultureInfo.InvariantCulture, $"The value of tag '{key}' has {value.Length} characters; at most {LongestTag} are kept.");
        }

        return tags.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() == tags.Count
            ? null
            : $"A tag is given twice: {string.Join(", ", tags.Select(t => t.Key))}.";
    }

    private static string Short(string? text) => text is { Length: > 80 } ? text[..80] + "…" : text ?? "";

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.\-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
