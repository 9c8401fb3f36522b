using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>What a person filled into the fields of params, and what is wrong with it.</summary>
/// <param name="Texts">What stands in each field, by the param's name, to be shown again.</param>
/// <param name="Values">The values that are to be sent: those that differ from the defaults, and those that must be given.</param>
/// <param name="Mistakes">What is wrong, by the param's name.</param>
public sealed record FormValues(
    IReadOnlyDictionary<string, string> Texts, Dictionary<string, JsonElement> Values, IReadOnlyDictionary<string, string> Mistakes)
{
    /// <summary>What the names of fields begin with, so that no param is taken for another field of the form.</summary>
    public const string Prefix = "param.";

    /// <summary>A form that nobody has filled in yet.</summary>
    public static FormValues None { get; } = new(new Dictionary<string, string>(), [], new Dictionary<string, string>());

    /// <summary>Whether nothing is wrong.</summary>
    public bool AreFine => Mistakes.Count == 0;

    /// <summary>Reads the fields that <see cref="ParamField"/> drew.</summary>
    /// <param name="fields">The params.</param>
    /// <param name="form">What was sent.</param>
    /// <param name="zone">The zone that the form showed times in.</param>
    /// <param name="prefix">What the names of the fields begin with.</param>
    public static FormValues Read(IReadOnlyList<ParamModel> fields, IFormCollection form, TimeZoneInfo zone, string prefix = Prefix)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var mistakes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            // Of a box there is a hidden "false" before it; a field that was not in the form at all is left alone.
            if (!form.TryGetValue(prefix + field.Name, out var given)) given = field.Required ? "" : ParamTexts.Of(field, zone);
            var text = (given.Count > 0 ? given[^1] ?? "" : "").ReplaceLineEndings("\n");
            texts[field.Name] = text;
            if (Read(field, text, zone, out var value) is { } mistake) mistakes[field.Name] = mistake;
            else if (value is { } json && (field.Required || !IsDefault(field, json))) values[field.Name] = json;
        }

        return new FormValues(texts, values, mistakes);
    }

    /// <summary>What is wrong with the text; otherwise the value, null for one that is left out.</summary>
    private static string? Read(ParamModel field, string text, TimeZoneInfo zone, out JsonElement? value)
    {
        value = null;
        var isText = field.ValueKind is ParamValueKind.Text && field.Choices is null;
        if (!isText) text = text.Trim();
        if (text.Length == 0)
        {
            if (field.Required && !MayBeNull(field)) return "This must be given.";
            // An empty field of a text whose default is no text says nothing; of another text it says that there is none.
            if (!MayBeNull(field) && (!isText || field.Default is not { ValueKind: JsonValueKind.String })) return null;
        }

        if (field.ValueKind == ParamValueKind.Json && text.Length > 0 && WhyNoJson(text) is { } why) return why;
        var mistake = ParamRules.Read(field, Whole(field, text, zone), out var json);
        if (mistake is null) value = json;
        return mistake;
    }

    private static bool MayBeNull(ParamModel field) => field.Type.Name.EndsWith('?');

    // A browser sends a moment without its offset: it is meant in the zone that the form showed.
    private static string Whole(ParamModel field, string text, TimeZoneInfo zone) =>
        field.ValueKind == ParamValueKind.DateTime && field.Choices is null && ParamTexts.IsMoment(field) && DateText.Read(text, zone) is { } time
            ? time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)
            : text;

    private static bool IsDefault(ParamModel field, JsonElement value)
    {
        if (field.Default is not { } @default) return value.ValueKind == JsonValueKind.Null;
        if (JsonElement.DeepEquals(@default, value)) return true;
        if (@default.ValueKind != JsonValueKind.String || value.ValueKind != JsonValueKind.String) return false;
        var (was, isNow) = (@default.GetString()!, value.GetString()!);
        return field.ValueKind switch
        {
            ParamValueKind.Duration => DurationText.Read(was) == DurationText.Read(isNow),
            ParamValueKind.DateTime => DateText.Read(was, TimeZoneInfo.Utc) == DateText.Read(isNow, TimeZoneInfo.Utc),
            ParamValueKind.Enum => string.Equals(was, isNow, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static string? WhyNoJson(string text) => JsonText.Parse(text, out _);
}
