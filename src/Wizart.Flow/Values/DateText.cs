namespace Wizart.Flow.Values;

/// <summary>Dates and times as people write them: ISO 8601, a date alone, with or without an offset.</summary>
public static class DateText
{
    /// <summary>The time; null when the text is none. One without an offset is local to the zone.</summary>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone) =>
        Zones.TryParse(text.Trim(), zone, out var value) ? value : null;
}
