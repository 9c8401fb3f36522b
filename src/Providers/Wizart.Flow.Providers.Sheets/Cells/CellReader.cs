using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Sheets.Cells;

/// <summary>Makes a C# value of a cell. Nothing is rounded or cut silently; times are UTC.</summary>
internal static class CellReader
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>What stands in the cell: text, a number, a truth; null when it is empty.</summary>
    public static object? Plain(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number => cell.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => cell.GetString() is { Length: > 0 } text ? text : null,
        _ => null,
    };

    /// <param name="cell">Not null: text, a number or a truth.</param>
    /// <param name="type">Not nullable.</param>
    /// <exception cref="CellException">The cell is no such value.</exception>
    public static object Read(object cell, Type type)
    {
        try
        {
            return Convert(cell, type);
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or JsonException or ArgumentException)
        {
            var shown = cell is string text ? $"'{(text.Length > 60 ? text[..60] + "…" : text)}'" : System.Convert.ToString(cell, Culture);
            throw new CellException($"{shown} is no {Model.TypeModel.Of(type).Name}", error);
        }
    }

    private static object Convert(object cell, Type type)
    {
        if (type == typeof(object) || type.IsInstanceOfType(cell)) return cell;
        if (type.IsEnum) return Enum.Parse(type, Text(cell), ignoreCase: true);
        if (type == typeof(string)) return Text(cell);
        if (type == typeof(bool)) return bool.Parse(Text(cell));
        if (type == typeof(char)) return char.Parse(Text(cell));
        if (type.IsPrimitive || type == typeof(decimal)) return Number(cell, type);
        if (type == typeof(DateTimeOffset)) return Instant(cell);
        if (type == typeof(DateTime)) return Time(cell);
        if (type == typeof(DateOnly)) return Day(cell);
        if (type == typeof(TimeOnly)) return cell is double part ? TimeOnly.FromTimeSpan(SerialDate.ReadSpan(part)) : TimeOnly.Parse(Text(cell), Culture);
        if (type == typeof(TimeSpan)) return cell is double days ? SerialDate.ReadSpan(days) : DurationText.Read(Text(cell)) ?? throw new FormatException();
        if (type == typeof(Guid)) return Guid.Parse(Text(cell));
        if (type == typeof(Uri)) return new Uri(Text(cell), UriKind.RelativeOrAbsolute);
        if (type == typeof(Version)) return Version.Parse(Text(cell));
        return JsonSerializer.Deserialize(Text(cell), type, ValueJson.Options) ?? throw new JsonException();
    }

    private static string Text(object cell) => cell switch
    {
        bool truth => truth ? "true" : "false",
        double number => number.ToString(Culture),
        _ => (string)cell,
    };

    private static object Number(object cell, Type type)
    {
        if (cell is bool) throw new InvalidCastException();
        if (cell is string text) return System.Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, Culture), type, Culture);
        var number = (double)cell;
        var whole = type != typeof(double) && type != typeof(float) && type != typeof(decimal);
        if (whole && number % 1 != 0) throw new OverflowException("it has a fraction");
        return System.Convert.ChangeType(number, type, Culture);
    }

    private static DateTimeOffset Instant(object cell) => cell is double days
        ? new DateTimeOffset(SerialDate.Read(days), TimeSpan.Zero)
        : DateTimeOffset.Parse(Text(cell), Culture, DateTimeStyles.AssumeUniversal);

    private static DateTime Time(object cell) => cell is double days
        ? SerialDate.Read(days)
        : DateTime.Parse(Text(cell), Culture, DateTimeStyles.AdjustToUniversal);

    private static DateOnly Day(object cell)
    {
        if (cell is not double days) return DateOnly.Parse(Text(cell), Culture);
        return days % 1 == 0 ? DateOnly.FromDateTime(SerialDate.Read(days)) : throw new OverflowException("it has a time of day");
    }
}
