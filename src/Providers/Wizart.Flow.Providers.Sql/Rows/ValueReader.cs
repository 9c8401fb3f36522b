using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>
/// Makes a C# value of what a driver gives. SQLite knows only integers, floats, text and bytes, so that dates, decimals and
/// the like are read from those. Times without an offset are UTC. Nothing is rounded or cut silently.
/// </summary>
internal static class ValueReader
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <param name="value">Not null.</param>
    /// <param name="type">Not nullable.</param>
    /// <exception cref="InvalidCastException">The value is none of that type; also FormatException, OverflowException, JsonException.</exception>
    public static object Read(object value, Type type)
    {
        if (type.IsInstanceOfType(value)) return value;
        if (type.IsEnum) return ReadEnum(value, type);
        if (type == typeof(string)) return ReadText(value);
        if (type == typeof(bool)) return ReadBool(value);
        if (type == typeof(char)) return value is string { Length: 1 } text ? text[0] : throw new InvalidCastException();
        if (type.IsPrimitive || type == typeof(decimal)) return ReadNumber(value, type);
        if (type == typeof(DateTimeOffset)) return ReadInstant(value);
        if (type == typeof(DateTime)) return ReadDateTime(value);
        if (type == typeof(DateOnly)) return DateOnly.FromDateTime(ReadDateTime(value));
        if (type == typeof(TimeOnly)) return value is TimeSpan span ? TimeOnly.FromTimeSpan(span) : TimeOnly.Parse(Text(value), Culture);
        if (type == typeof(TimeSpan)) return value is TimeOnly time ? time.ToTimeSpan() : TimeSpan.Parse(Text(value), Culture);
        if (type == typeof(Guid)) return value is byte[] bytes ? new Guid(bytes) : Guid.Parse(Text(value));
        if (type == typeof(Uri)) return new Uri(Text(value), UriKind.RelativeOrAbsolute);
        if (type == typeof(Version)) return Version.Parse(Text(value));
        if (type == typeof(byte[])) throw new InvalidCastException();
        return ReadJson(value, type);
    }

    private static object ReadEnum(object value, Type type)
    {
        if (value is string text) return Enum.Parse(type, text, ignoreCase: true);
        return Enum.ToObject(type, ReadNumber(value, Enum.GetUnderlyingType(type)));
    }

    private static string ReadText(object value) => value switch
    {
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", Culture),
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, Culture),
        _ => throw new InvalidCastException(),
    };

    private static bool ReadBool(object value) => value switch
    {
        string text => bool.Parse(text),
        IConvertible number => number.ToInt64(Culture) switch { 0 => false, 1 => true, _ => throw new InvalidCastException() },
        _ => throw new InvalidCastException(),
    };

    private static object ReadNumber(object value, Type type)
    {
        if (value is DateTime or bool or not IConvertible) throw new InvalidCastException();
        if (value is string text) value = decimal.Parse(text, NumberStyles.Float, Culture);
        var whole = type != typeof(double) && type != typeof(float) && type != typeof(decimal);
        if (whole && value is double or float or decimal && Convert.ToDecimal(value, Culture) % 1 != 0)
            throw new OverflowException("it has a fraction");
        return Convert.ChangeType(value, type, Culture);
    }

    private static DateTimeOffset ReadInstant(object value) => value switch
    {
        string text => DateTimeOffset.Parse(text, Culture, DateTimeStyles.AssumeUniversal),
        DateTime { Kind: DateTimeKind.Local } local => new DateTimeOffset(local),
        _ => new DateTimeOffset(DateTime.SpecifyKind(ReadDateTime(value), DateTimeKind.Utc)),
    };

    private static DateTime ReadDateTime(object value) => value switch
    {
        DateTime time => time,
        DateTimeOffset instant => instant.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        string text => DateTime.Parse(text, Culture, DateTimeStyles.AdjustToUniversal),
        _ => throw new InvalidCastException(),
    };

    private static object ReadJson(object value, Type type)
    {
        var json = value as string ?? (value is Array ? JsonSerializer.Serialize(value, ValueJson.Options) : throw new InvalidCastException());
        return JsonSerializer.Deserialize(json, type, ValueJson.Options) ?? throw new InvalidCastException();
    }

    private static string Text(object value) => value as string ?? throw new InvalidCastException();
}
