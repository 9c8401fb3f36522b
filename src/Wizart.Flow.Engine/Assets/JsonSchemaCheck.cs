using System.Text.Json;

namespace Wizart.Flow.Engine.Assets;

/// <summary>
/// Whether JSON is as a schema says: that part of JSON Schema which .NET's exporter writes for types. What it does not know it
/// lets pass, as reading the value will tell in the end.
/// </summary>
internal static class JsonSchemaCheck
{
    private const int Deepest = 64;

    /// <summary>What is wrong, and where in the value; null when nothing is.</summary>
    public static string? WhyNot(JsonElement schema, JsonElement value) => WhyNot(schema, schema, value, "the value", 0);

    private static string? WhyNot(JsonElement root, JsonElement schema, JsonElement value, string where, int depth)
    {
        if (depth > Deepest || schema.ValueKind != JsonValueKind.Object) return null;
        if (schema.TryGetProperty("$ref", out var reference))
            return Resolve(root, reference.GetString()!) is { } target ? WhyNot(root, target, value, where, depth + 1) : null;
        if (schema.TryGetProperty("anyOf", out var any))
        {
            string? first = null;
            foreach (var one in any.EnumerateArray())
            {
                if (WhyNot(root, one, value, where, depth + 1) is not { } why) return null;
                first ??= why;
            }

            return first;
        }

        if (schema.TryGetProperty("type", out var type) && !IsOfType(type, value)) return $"{where} must be {Words(type)}, and is {Word(value)}.";
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
            return $"{where} must be one of {string.Join(", ", words.EnumerateArray().Select(w => w.GetRawText()))}.";
        return value.ValueKind switch
        {
            JsonValueKind.Object => WhyNotObject(root, schema, value, where, depth),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => WhyNotItems(root, items, value, where, depth),
            _ => null,
        };
    }

    private static string? WhyNotObject(JsonElement root, JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"{where} has no '{name.GetString()}'.";
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : (JsonElement?)null;
        var others = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.Object
            ? additional
            : (JsonElement?)null;
        foreach (var property in value.EnumerateObject())
        {
            var rule = known is { } rules && rules.TryGetProperty(property.Name, out var own) ? own : others;
            if (rule is { } found && WhyNot(root, found, property.Value, $"'{property.Name}' of {where}", depth + 1) is { } why) return why;
        }

        return null;
    }

    private static string? WhyNotItems(JsonElement root, JsonElement items, JsonElement value, string where, int depth)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
            if (WhyNot(root, items, item, $"element {index++} of {where}", depth + 1) is { } why) return why;
        return null;
    }

    private static bool IsOfType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

    private static string Words(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => Word(t.GetString()))) : Word(type.GetString());

    private static string Word(string? type) => type switch
    {
        "object" => "an object",
        "array" => "an array",
        "integer" => "a whole number",
        null or "null" => "null",
        _ => $"a {type}",
    };

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Null => "null",
        _ => value.GetRawText() is { Length: <= 60 } text ? text : "something else",
    };

    /// <summary>The exporter refers to places of the same schema: <c>#/properties/Next</c>.</summary>
    private static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (reference == "#") return root;
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) return null;
        var found = root;
        foreach (var part in reference[2..].Split('/').Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (found.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index) && index < found.GetArrayLength()) found = found[index];
            else if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found)) return null;
        }

        return found;
    }
}
