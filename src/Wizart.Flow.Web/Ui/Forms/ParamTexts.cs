using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>Values of params as a form's fields show them.</summary>
public static class ParamTexts
{
    private static readonly (long Milliseconds, string Unit)[] Units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];

    /// <summary>What the field shows when nobody has filled it in: the default.</summary>
    public static string Of(ParamModel param, TimeZoneInfo zone) => param.Default is { } value ? Of(param, value, zone) : "";

    /// <summary>What the field shows for a value; times in the zone.</summary>
    public static string Of(ParamModel param, JsonElement value, TimeZoneInfo zone)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return "";
        if (value.ValueKind != JsonValueKind.String)
            return param.ValueKind == ParamValueKind.Json && param.Choices is null ? JsonLayout.Of(value) : value.GetRawText();
        var text = value.GetString()!;
        return param.ValueKind switch
        {
            ParamValueKind.Json => value.GetRawText(),
            ParamValueKind.Duration => Duration(text),
            ParamValueKind.DateTime when param.Choices is null => Time(param, text, zone),
            _ => text,
        };
    }

    /// <summary>Whether the param is a date without a time.</summary>
    internal static bool IsDay(ParamModel param) => param.Type.Name.TrimEnd('?') == "DateOnly";

    /// <summary>Whether the param is a moment, which is the same in every zone.</summary>
    internal static bool IsMoment(ParamModel param) => param.Type.Name.TrimEnd('?') == "DateTimeOffset";

    /// <summary>A pause of 00:00:20 is easier read as 20s.</summary>
    private static string Duration(string text)
    {
        if (DurationText.Read(text) is not { } span || span <= TimeSpan.Zero || span.Ticks % TimeSpan.TicksPerMillisecond != 0) return text;
        var milliseconds = span.Ticks / TimeSpan.TicksPerMillisecond;
        var (size, unit) = Units.First(u => milliseconds % u.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size}{unit}");
    }

    // As a browser's field of times has it, which knows no offset.
    private static string Time(ParamModel param, string text, TimeZoneInfo zone)
    {
        if (IsDay(param)) return text;
        if (DateText.Read(text, TimeZoneInfo.Utc) is not { } time) return text;
        var local = IsMoment(param) ? TimeZoneInfo.ConvertTime(time, zone) : time;
        return local.ToString(local.Second == 0 ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }
}
