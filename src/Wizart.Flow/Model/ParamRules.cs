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
        // An empty field of a form leaves a value out where it may be left out.
        if (text.Length == 0 && param.ValueKind != ParamValueKind.Text && IsNullable(param))
        {
            value = JsonSerializer.SerializeToElement<object?>(null, ValueJson.Options);
            return null;
        }

        object? read = param.ValueKind switch
        {
            ParamValueKind.Text or ParamValueKind.Enum => text,
            ParamValueKind.Boolean => bool.TryParse(text, out var b) ? b : null,
            ParamValueKind.Integer => Int128.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? (decimal)i : null,
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
        if (!HasKind(param, value)) return Expected(param, Show(value));
        if (value.ValueKind == JsonValueKind.Null) return null;
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
        ParamValueKind.Integer => value.ValueKind == JsonValueKind.Number && FitsInteger(param, value) || IsAllowedNull(param, value),
        ParamValueKind.Number => value.ValueKind == JsonValueKind.Number && FitsNumber(param, value) || IsAllowedNull(param, value),
        ParamValueKind.Duration => value.ValueKind == JsonValueKind.String && ReadDuration(value.GetString()!) is not null
            || IsAllowedNull(param, value),
        ParamValueKind.DateTime => value.ValueKind == JsonValueKind.String && IsDate(param, value) || IsAllowedNull(param, value),
        ParamValueKind.Enum => value.ValueKind == JsonValueKind.String || IsAllowedNull(param, value),
        _ => true,
    };

    private static bool IsAllowedNull(ParamModel param, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null && IsNullable(param);

    private static bool IsNullable(ParamModel param) => param.Type.Name.EndsWith('?');

    // Asked of JSON itself, because the body's value is read from it: 1.0 is not an int there.
    private static bool FitsInteger(ParamModel param, JsonElement value) => param.Type.Name.TrimEnd('?') switch
    {
        "byte" => value.TryGetByte(out _),
        "sbyte" => value.TryGetSByte(out _),
        "short" => value.TryGetInt16(out _),
        "ushort" => value.TryGetUInt16(out _),
        "uint" => value.TryGetUInt32(out _),
        "long" => value.TryGetInt64(out _),
        "ulong" => value.TryGetUInt64(out _),
        _ => value.TryGetInt32(out _),
    };

    private static bool FitsNumber(ParamModel param, JsonElement value) => param.Type.Name.TrimEnd('?') switch
    {
        "decimal" => value.TryGetDecimal(out _),
        "float" => value.TryGetSingle(out var single) && float.IsFinite(single),
        _ => value.TryGetDouble(out var number) && double.IsFinite(number),
    };

    private static bool IsDate(ParamModel param, JsonElement value) => param.Type.Name.TrimEnd('?') == "DateOnly"
        ? DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        : Zones.TryParse(value.GetString()!, TimeZoneInfo.Utc, out _);

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
        _ when a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number =>
            a.TryGetDecimal(out var x) && b.TryGetDecimal(out var y) ? x.CompareTo(y) : a.GetDouble().CompareTo(b.GetDouble()),
        _ => string.CompareOrdinal(Show(a), Show(b)),
    };

    private static DateTimeOffset Date(JsonElement value) =>
        DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static bool Same(ParamModel param, JsonElement a, JsonElement b) =>
        a.ValueKind == b.ValueKind && (JsonElement.DeepEquals(a, b)
            || param.ValueKind == ParamValueKind.Enum && string.Equals(a.GetString(), b.GetString(), StringComparison.OrdinalIgnoreCase)
            || param.ValueKind == ParamValueKind.Duration && Compare(param, a, b) == 0);

    /// <summary>The expression that matches a text as a whole.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    internal static Regex Whole(string pattern) => new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTimeout);

    /// <summary>What contradicts itself in the rules of the param; null when nothing does.</summary>
    internal static string? WhyContradictory(ParamModel param)
    {
        if (param.Minimum is { } minimum && param.Maximum is { } maximum && Compare(param, minimum, maximum) > 0)
            return $"nothing lies between {Show(minimum)} and {Show(maximum)}.";
        return param.Choices is { Count: 0 } ? "OneOf() lists no value." : null;
    }

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Whole(pattern).IsMatch(text);
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
