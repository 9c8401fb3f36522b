using System.Globalization;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.Tables;

/// <summary>The changes that make a header look like one.</summary>
internal static class HeaderLook
{
    /// <exception cref="ArgumentException">The colour is none.</exception>
    public static IReadOnlyList<Request> Requests(SheetPlace place, SheetHeaderFormat format) =>
    [
        new Request
        {
            RepeatCell = new RepeatCellRequest(
                new GridRange { SheetId = place.SheetId, StartRowIndex = 0, EndRowIndex = 1 },
                new CellData
                {
                    UserEnteredFormat = new CellFormat
                    {
                        TextFormat = new TextFormat(format.Bold),
                        BackgroundColor = format.Background is { } color ? ReadColor(color) : null,
                    },
                },
                "userEnteredFormat(textFormat.bold,backgroundColor)"),
        },
        new Request
        {
            UpdateSheetProperties = new UpdateSheetPropertiesRequest(
                new SheetProperties { SheetId = place.SheetId, GridProperties = new GridProperties { FrozenRowCount = format.Frozen ? 1 : 0 } },
                "gridProperties.frozenRowCount"),
        },
    ];

    private static Color ReadColor(string text)
    {
        if (text.Length != 7 || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            throw new ArgumentException($"'{text}' is no colour. Write it as #E8EEF7.");
        return new Color((rgb >> 16) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);
    }
}
