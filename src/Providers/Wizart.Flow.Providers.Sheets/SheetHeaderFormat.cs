namespace Wizart.Flow.Providers.Sheets;

/// <summary>How a sheet's first row looks.</summary>
public sealed record SheetHeaderFormat
{
    /// <summary>Whether its names are bold; by default they are.</summary>
    public bool Bold { get; init; } = true;

    /// <summary>Whether it stays in sight when the sheet is scrolled; by default it does.</summary>
    public bool Frozen { get; init; } = true;

    /// <summary>Its colour, <c>#RRGGBB</c>; null for none.</summary>
    public string? Background { get; init; } = "#E8EEF7";
}
