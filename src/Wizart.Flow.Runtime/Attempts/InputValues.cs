using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Values;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>Reads params and variables. People write spans and dates in forms that JSON readers refuse: <c>20s</c>, <c>2026-11-01</c>.</summary>
internal static class InputValues
{
    /// <param name="what">How the input is called in an error: <c>Param 'year'</c>.</param>
    /// <param name="json">Its value.</param>
    /// <exception cref="InputException">The value is not one of the type.</exception>
    public static T Read<T>(string what, JsonPayload json)
    {
        try
        {
            var asWritten = ReadText(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), json);
            return asWritten is null ? JsonSerializer.Deserialize<T>(json.Utf8.Span, ValueJson.Options)! : (T)asWritten;
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException)
        {
            var shown = json.ToString();
            if (shown.Length > 200) shown = shown[..200] + "…";
            throw new InputException($"{what} is {shown}, which can't be read as {Model.TypeModel.Of(typeof(T))}: {e.Message}", e);
        }
    }

    private static object? ReadText(Type type, JsonPayload json)
    {
        if (!IsWrittenByPeople(type) || json.Utf8.Span is not [(byte)'"', ..]) return null;
        var text = JsonSerializer.Deserialize<string>(json.Utf8.Span, ValueJson.Options)!;
        if (type == typeof(TimeSpan))
            return DurationText.Read(text) ?? throw new FormatException("write 20s, 15m, 6h, 2d, 500ms or 00:00:20");
        var point = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (type == typeof(DateTimeOffset)) return point;
        return type == typeof(DateOnly) ? DateOnly.FromDateTime(point.DateTime) : point.UtcDateTime;
    }

    private static bool IsWrittenByPeople(Type type) =>
        type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly);
}
