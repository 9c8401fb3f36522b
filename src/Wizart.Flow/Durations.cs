namespace Wizart.Flow;

/// <summary>Spans of time as they are spoken: <c>30.Seconds()</c>, <c>1.5.Hours()</c>.</summary>
public static class Durations
{
    /// <summary>That many milliseconds.</summary>
    public static TimeSpan Milliseconds(this int value) => TimeSpan.FromMilliseconds(value);

    /// <summary>That many seconds.</summary>
    public static TimeSpan Seconds(this int value) => TimeSpan.FromSeconds(value);

    /// <summary>That many minutes.</summary>
    public static TimeSpan Minutes(this int value) => TimeSpan.FromMinutes(value);

    /// <summary>That many hours.</summary>
    public static TimeSpan Hours(this int value) => TimeSpan.FromHours(value);

    /// <summary>That many days of 24 hours.</summary>
    public static TimeSpan Days(this int value) => TimeSpan.FromDays(value);

    /// <summary>That many seconds.</summary>
    public static TimeSpan Seconds(this double value) => TimeSpan.FromSeconds(value);

    /// <summary>That many minutes.</summary>
    public static TimeSpan Minutes(this double value) => TimeSpan.FromMinutes(value);

    /// <summary>That many hours.</summary>
    public static TimeSpan Hours(this double value) => TimeSpan.FromHours(value);
}
