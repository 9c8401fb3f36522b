using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>JSON laid out for people: what fits on a line stays on one, and letters stay letters.</summary>
public static class JsonLayout
{
    private const int Longest = 80;
    private const int Indent = 2;

    // Only quotes and control characters are escaped; a page encodes what it shows by itself.
    private static readonly JsonSerializerOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value with lines of at most 80 characters where its texts allow it.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value, 0, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, int depth, int before)
    {
        if (Line(value, Longest - (depth * Indent) - before) is { } line)
        {
            text.Append(line);
            return;
        }

        var isList = value.ValueKind == JsonValueKind.Array;
        var count = 0;
        text.Append(isList ? '[' : '{');
        if (isList)
        {
            foreach (var item in value.EnumerateArray())
            {
                Begin();
                Write(text, item, depth + 1, 1);
            }
        }
        else
        {
            foreach (var property in value.EnumerateObject())
            {
                Begin();
                var name = Text(property.Name);
                text.Append(name).Append(": ");
                Write(text, property.Value, depth + 1, name.Length + 3);
            }
        }

        text.Append('\n').Append(' ', depth * Indent).Append(isList ? ']' : '}');

        void Begin() => text.Append(count++ > 0 ? "," : "").Append('\n').Append(' ', (depth + 1) * Indent);
    }

    // Null when it is longer than that; a single value is never broken.
    private static string? Line(JsonElement value, int most)
    {
        if (value.ValueKind == JsonValueKind.String) return Text(value.GetString()!);
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) return value.GetRawText();
        var text = new StringBuilder();
        return Append(text, value, most) ? text.ToString() : null;
    }

    private static bool Append(StringBuilder text, JsonElement value, int most)
    {
        var count = 0;
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                    if (!Append(text.Append(count++ > 0 ? ", " : ""), item, most)) return false;
                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in value.EnumerateObject())
                    if (!Append(text.Append(count++ > 0 ? ", " : "").Append(Text(property.Name)).Append(": "), property.Value, most)) return false;
                text.Append('}');
                break;
            default:
                text.Append(Line(value, most));
                break;
        }

        return text.Length <= most;
    }

    private static string Text(string text) => JsonSerializer.Serialize(text, Letters);
}
