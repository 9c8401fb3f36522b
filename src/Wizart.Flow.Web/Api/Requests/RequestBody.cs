using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web;

/// <summary>A request's body, property by property; collects all that is wrong with it.</summary>
internal sealed class RequestBody
{
    private readonly Dictionary<string, JsonElement> _body;
    private readonly List<string> _mistakes = [];

    private RequestBody(Dictionary<string, JsonElement> body) => _body = body;

    /// <summary>Reads the body, which may be empty.</summary>
    /// <exception cref="ApiProblem">As for <see cref="BodyReader.ReadAsync"/>.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, params string[] allowed) => new(await BodyReader.ReadAsync(context, allowed));

    /// <summary>Whether there is such a property, be it null.</summary>
    public bool Has(string name) => _body.ContainsKey(name);

    /// <summary>A value as it stands; null when it isn't given, or given as null.</summary>
    public JsonElement? Given(string name) =>
        _body.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A time, in the zone unless it has an offset; null when it isn't given.</summary>
    public DateTimeOffset? Time(string name, TimeZoneInfo zone)
    {
        if (Given(name) is not { } value) return null;
        var time = value.ValueKind == JsonValueKind.String ? DateText.Read(value.GetString()!, zone) : null;
        if (time is null) Wrong($"{value.GetRawText()} for {name} is not a time such as \"2026-11-01\" or \"2026-11-01T06:00:00Z\" (ISO 8601).");
        return time;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string name, bool whenNone = false)
    {
        switch (Given(name))
        {
            case null: return whenNone;
            case { ValueKind: JsonValueKind.True }: return true;
            case { ValueKind: JsonValueKind.False }: return false;
            case { } value:
                Wrong($"{value.GetRawText()} for {name} is not true or false.");
                return whenNone;
        }
    }

    /// <summary>A whole number, of a property that there is.</summary>
    public int Integer(string name, string? mistake = null)
    {
        var value = _body[name];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        Wrong(mistake ?? $"{value.GetRawText()} for {name} is not a whole number.");
        return default;
    }

    /// <summary>A text; null when it isn't given.</summary>
    public string? Text(string name, string? mistake = null)
    {
        if (Given(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Wrong(mistake ?? $"{value.GetRawText()} for {name} is not a text.");
        return null;
    }

    /// <summary>A list of texts; empty when it isn't given.</summary>
    public string[] Texts(string name, string mistake)
    {
        if (Given(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(text => text.GetString()!)];
        Wrong(mistake);
        return [];
    }

    /// <summary>Values by name, of which the last of a name counts; empty when they aren't given.</summary>
    public Dictionary<string, JsonElement> Values(string name)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var property in Properties(name)) values[property.Name] = property.Value;
        return values;
    }

    /// <summary>What an object has, in its order; empty when it isn't given.</summary>
    public IEnumerable<JsonProperty> Properties(string name)
    {
        if (Given(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject();
        Wrong($"{name} must be a JSON object: {{\"name\": value}}.");
        return [];
    }

    /// <summary>Notes something else that is wrong.</summary>
    public void Wrong(string mistake) => _mistakes.Add(mistake);

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public T Checked<T>(T read) => _mistakes.Count == 0 ? read : throw ApiProblem.Invalid(_mistakes);
}
