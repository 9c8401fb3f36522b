using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Providers.Sheets.V4.Data;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Sheets.Cells;

/// <summary>
/// Makes a cell of a C# value. Numbers become numbers, times become times that a sheet can count with, everything else text;
/// nothing is rounded: a number of more digits than a cell keeps becomes text.
/// </summary>
internal static class CellWriter
{
    /// <summary>Google's limit.</summary>
    public const int LongestText = 50_000;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly NumberFormat Date = new("DATE", "yyyy-mm-dd");
    private static readonly NumberFormat Instant = new("DATE_TIME", "yyyy-mm-dd hh:mm:ss");
    private static readonly NumberFormat TimeOfDay = new("TIME", "hh:mm:ss");
    private static readonly NumberFormat Span = new("TIME", "[h]:mm:ss.000");

    /// <exception cref="CellException">No cell can hold it.</exception>
    public static CellValue Write(object? value) => value switch
    {
        null => default,
        string text => Text(text),
        bool truth => new CellValue(truth),
        Enum name => new CellValue(name.ToString()),
        char or Guid or Uri or Version => Text(value.ToString()!),
        float single => Number(double.Parse(single.ToString(Culture), Culture)), // 0.1f is 0.1, not 0.10000000149
        double number => Number(number),
        decimal number => Exact(number),
        sbyte or byte or short or ushort or int or uint or long or ulong => Exact(Convert.ToDecimal(value, Culture)),
        DateTimeOffset instant => new CellValue(SerialDate.Of(instant.UtcDateTime), Instant),
        DateTime time => new CellValue(SerialDate.Of(time), Instant),
        DateOnly day => new CellValue(SerialDate.Of(day.ToDateTime(TimeOnly.MinValue)), Date),
        TimeOnly time => new CellValue(time.ToTimeSpan().TotalDays, TimeOfDay),
        TimeSpan span => new CellValue(span.TotalDays, Span),
        _ => Text(JsonSerializer.Serialize(value, value.GetType(), ValueJson.Options)),
    };

    private static CellValue Number(double number) => double.IsFinite(number)
        ? new CellValue(number)
        : throw new CellException($"{number.ToString(Culture)} is no number that a cell can hold. Leave it empty (null), or leave the row out.");

    private static CellValue Exact(decimal number) =>
        Math.Abs(number) < 1_000_000_000_000_000 && (decimal)(double)number == number
            ? new CellValue((double)number)
            : new CellValue(number.ToString(Culture));

    private static CellValue Text(string text) => text.Length <= LongestText
        ? new CellValue(text)
        : throw new CellException($"its text has {text.Length} characters, and a cell holds {LongestText}. Shorten it.");
}

/// <summary>A value that no cell can hold, or a cell that is no such value; where it is, is said by whoever knows.</summary>
internal sealed class CellException(string message, Exception? inner = null) : Exception(message, inner);
