using System.Globalization;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Cells;

/// <summary>What one cell holds: text, a number, a truth, or nothing.</summary>
/// <param name="Plain">A <see cref="string"/>, a <see cref="double"/>, a <see cref="bool"/>, or null.</param>
/// <param name="Format">How a number is shown; null when as it is.</param>
internal readonly record struct CellValue(object? Plain, NumberFormat? Format = null)
{
    /// <summary>
    /// Equal for cells that a key takes for the same. Numbers count with 15 digits, as spreadsheets keep them.
    /// </summary>
    public string KeyText => Plain switch
    {
        null => "",
        double number => "n" + number.ToString("G15", CultureInfo.InvariantCulture),
        bool truth => truth ? "b1" : "b0",
        var text => "t" + text,
    };

    public bool IsEmpty => Plain is null or "";

    public CellData ToData() => new()
    {
        UserEnteredValue = Plain switch
        {
            null => null,
            double number => new ExtendedValue { NumberValue = number },
            bool truth => new ExtendedValue { BoolValue = truth },
            var text => new ExtendedValue { StringValue = (string)text },
        },
        UserEnteredFormat = Format is null ? null : new CellFormat { NumberFormat = Format },
    };
}
