using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wizart.Flow.Values;

namespace Wizart.Flow.Model;

/// <summary>Reads and checks the values that people and programs give to params.</summary>
public static class ParamRules
{
    /// <summary>How long a pattern may look at a value, so that no pattern can hang the daemon.</summary>
    internal static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Turns text, as a command line or a form gives it, into the JSON of the param's kind.</summary>
    /// <param name="param">The param.</param>
    /// <param name="text">What was given.</param>
    /// <param name="value">The JSON value.</param>
    /// <returns>Null when it could be read; otherwise what is wrong with it.</returns>
    public static string? Read(ParamModel param, string text, out JsonElement value)
    {
        object? read = param.ValueKind switch
        {
            ParamValueKind.Text or ParamValueKind.Enum => text,
            ParamValueKind.Boolean => bool.TryParse(text, out var b) ? b : null,
            ParamValueKind.Integer => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? i : null,
            ParamValueKind.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : null,
            ParamValueKind.Duration => ReadDuration(text),
            ParamValueKind.DateTime => text,
            _ => ReadJson(text),
        };
        value = read is JsonElement json ? json : JsonSerializer.SerializeToElement(read, ValueJson.Options);
        return read is null ? Expected(param, text) : WhyNot(param, value);
    }

    /// <summary>Why the value is refused; null when it is allowed.</summary>
    public static string? WhyNot(ParamModel param, JsonElement value)
    {
        if (!HasKind(param, value)) return Expected(param, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        if (param.Minimum is { } minimum && Compare(param, value, minimum) < 0
            || param.Maximum is { } maximum && Compare(param, value, maximum) > 0)
            return $"'{Show(value)}' for param '{param.Name}' is not between {Show(param.Minimum)} and {Show(param.Maximum)}.";
        if (param.Choices is { } choices && !choices.Any(c => Same(param, c, value)))
            return $"'{Show(value)}' for param '{param.Name}' is not one of {string.Join(", ", choices.Select(c => Show(c)))}.";
        if (param.Pattern is { } pattern && value.ValueKind == JsonValueKind.String && !Matches(pattern, value.GetString()!))
            return $"'{Show(value)}' for param '{param.Name}' does not match the pattern {pattern}.";
        return null;
    }

    private static bool HasKind(ParamModel param, JsonElement value) => param.ValueKind switch
    {
        ParamValueKind.Text => value.ValueKind is JsonValueKind.String or JsonValueKind.Null,
        ParamValueKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False || IsAllowedNull(param, value),
        ParamValueKind.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var d) && d == Math.Truncate(d)
            && FitsInteger(param, d) || IsAllowedNull(param, value),
        ParamValueKind.Number => value.ValueKind == JsonValueKind.Number || IsAllowedNull(param, value),
        ParamValueKind.Duration => value.ValueKind == JsonValueKind.String && ReadDuration(value.GetString()!) is not null
            || IsAllowedNull(param, value),
        ParamValueKind.DateTime => value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            || IsAllowedNull(param, value),
        ParamValueKind.Enum => value.ValueKind == JsonValueKind.String || IsAllowedNull(param, value),
        _ => true,
    };

    private static bool IsAllowedNull(ParamModel param, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null && param.Type.Name.EndsWith('?');

    private static bool FitsInteger(ParamModel param, decimal value) => param.Type.Name.TrimEnd('?') switch
    {
        "byte" => value is >= byte.MinValue and <= byte.MaxValue,
        "sbyte" => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        "short" => value is >= short.MinValue and <= short.MaxValue,
        "ushort" => value is >= ushort.MinValue and <= ushort.MaxValue,
        "uint" => value is >= uint.MinValue and <= uint.MaxValue,
        "long" => value is >= long.MinValue and <= long.MaxValue,
        "ulong" => value is >= ulong.MinValue and <= ulong.MaxValue,
        _ => value is >= int.MinValue and <= int.MaxValue,
    };

    private static string Expected(ParamModel param, string text) =>
        $"'{text}' for param '{param.Name}' is not {param.ValueKind switch
        {
            ParamValueKind.Text => "a text",
            ParamValueKind.Boolean => "true or false",
            ParamValueKind.Integer => $"a whole number ({param.Type})",
            ParamValueKind.Number => "a number",
            ParamValueKind.Duration => "a span of time: write 20s, 15m, 6h, 2d, 500ms or 00:00:20",
            ParamValueKind.DateTime => "a date or time (ISO 8601)",
            ParamValueKind.Enum => $"one of {string.Join(", ", (param.Choices ?? []).Select(c => Show(c)))}",
            _ => $"JSON of type {param.Type}",
        }}.";

    private static int Compare(ParamModel param, JsonElement a, JsonElement b) => param.ValueKind switch
    {
        ParamValueKind.Duration => ReadDuration(a.GetString()!)!.Value.CompareTo(ReadDuration(b.GetString()!)!.Value),
        ParamValueKind.DateTime => Date(a).CompareTo(Date(b)),
        _ when a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number => a.GetDouble().CompareTo(b.GetDouble()),
        _ => string.CompareOrdinal(Show(a), Show(b)),
    };

    private static DateTimeOffset Date(JsonElement value) =>
        DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static bool Same(ParamModel param, JsonElement a, JsonElement b) =>
        a.ValueKind == b.ValueKind && (JsonElement.DeepEquals(a, b)
            || param.ValueKind == ParamValueKind.Enum && string.Equals(a.GetString(), b.GetString(), StringComparison.OrdinalIgnoreCase)
            || param.ValueKind == ParamValueKind.Duration && Compare(param, a, b) == 0);

    private static bool Matches(string pattern, string text)
    {
        try
        {
            var match = Regex.Match(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternTimeout);
            return match.Success && match.Length == text.Length;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static TimeSpan? ReadDuration(string text) => DurationText.Read(text);

    private static JsonElement? ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Show(JsonElement? value) => value switch
    {
        null => "any",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
