using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Csv.Fields;

/// <summary>Values as the text of a field and back, in no culture: numbers with a point, dates as ISO 8601, other types as JSON.</summary>
internal static class FieldText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = null };

    /// <summary>The text; null for null.</summary>
    public static string? Write(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        char letter => letter.ToString(),
        Enum word => word.ToString(),
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid or Uri or Version => value.ToString(),
        IFormattable number when IsNumber(value.GetType()) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, value.GetType(), Json),
    };

    /// <summary>The value of a text that is not empty, or why there is none.</summary>
    public static string? TryRead(string text, Type type, out object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        value = null;
        if (type == typeof(string) || type == typeof(object)) value = text;
        else if (type.IsEnum) value = Enum.TryParse(type, text, ignoreCase: true, out var word) && Enum.IsDefined(type, word) ? word : null;
        else if (Readers.TryGetValue(type, out var reader)) value = reader.Read(text.Trim());
        else return TryReadJson(text, type, out value);
        return value is not null ? null : $"'{Cut(text)}' is no {Name(type)}.";
    }

    /// <summary>What people call values of a type.</summary>
    public static string Name(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return $"{TypeModel.Of(type).Name} ({string.Join(", ", Enum.GetNames(type).Take(10))})";
        return Readers.TryGetValue(type, out var reader) ? reader.Name : TypeModel.Of(type).Name;
    }

    public static bool IsNumber(Type type) => Readers.TryGetValue(type, out var reader) && reader.IsNumber;

    private static string? TryReadJson(string text, Type type, out object? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(text, type, Json);
            return null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            value = null;
            return $"'{Cut(text)}' is no JSON of {TypeModel.Of(type).Name}: {error.Message}";
        }
    }

    private static string Cut(string text) => text.Length > 200 ? text[..200] + "…" : text;

    // "5" would be five days.
    private static object? Span(string text) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;

    private static object? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => null,
    };

    private static object? Parsed<T>(string text, NumberStyles styles) where T : struct, System.Numerics.INumber<T> =>
        T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (string, bool, Func<string, object?>) Whole<T>(string name = "whole number") where T : struct, System.Numerics.INumber<T> =>
        (name, true, text => Parsed<T>(text, NumberStyles.AllowLeadingSign));

    private static (string, bool, Func<string, object?>) Broken<T>() where T : struct, System.Numerics.INumber<T> =>
        ("number", true, text => Parsed<T>(text, NumberStyles.Float));

    private static (string, bool, Func<string, object?>) Other(string name, Func<string, object?> read) => (name, false, read);

    private static readonly Dictionary<Type, (string Name, bool IsNumber, Func<string, object?> Read)> Readers = new()
    {
        [typeof(byte)] = Whole<byte>("whole number from 0 to 255"),
        [typeof(sbyte)] = Whole<sbyte>(),
        [typeof(short)] = Whole<short>(),
        [typeof(ushort)] = Whole<ushort>(),
        [typeof(int)] = Whole<int>(),
        [typeof(uint)] = Whole<uint>(),
        [typeof(long)] = Whole<long>(),
        [typeof(ulong)] = Whole<ulong>(),
        [typeof(float)] = Broken<float>(),
        [typeof(double)] = Broken<double>(),
        [typeof(decimal)] = Broken<decimal>(),
        [typeof(bool)] = Other("true or false", Truth),
        [typeof(char)] = Other("single character", text => text.Length == 1 ? text[0] : null),
        [typeof(Guid)] = Other("GUID", text => Guid.TryParse(text, out var id) ? id : null),
        [typeof(Uri)] = Other("address", text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) ? address : null),
        [typeof(Version)] = Other("version", text => Version.TryParse(text, out var version) ? version : null),
        [typeof(TimeSpan)] = Other("time span (hh:mm:ss)", Span),
        [typeof(DateOnly)] = Other("date (yyyy-MM-dd)", text => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null),
        [typeof(TimeOnly)] = Other("time of day (HH:mm:ss)", text => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null),
        [typeof(DateTime)] = Other("date and time (ISO 8601)", text => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null),
        [typeof(DateTimeOffset)] = Other("date and time (ISO 8601)", text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null),
    };
}
