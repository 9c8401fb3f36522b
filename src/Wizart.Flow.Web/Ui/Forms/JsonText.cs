using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Ui.Forms;

/// <summary>JSON as people write and read it.</summary>
public static partial class JsonText
{
    private const int Deepest = 64;

    /// <summary>Reads a value.</summary>
    /// <returns>Null when it could be read; otherwise what is wrong, and where.</returns>
    public static string? Parse(string text, out JsonElement value)
    {
        value = default;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest });
            if (!IsReadable(document.RootElement)) return "This has a text that is not valid Unicode (half of a surrogate pair).";
            value = document.RootElement.Clone();
            return null;
        }
        catch (JsonException error)
        {
            if (text.Trim().Length == 0) return "This must be given: a number, a \"text\" in quotes, true, null, a [list] or an {\"object\": 1}.";
            var place = error.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $" in line {line + 1}, at character {(error.BytePositionInLine ?? 0) + 1}")
                : "";
            var why = Place().Replace(error.Message, "").TrimEnd('.');
            return $"This is not JSON{place}: {why}.{(IsBare(text) ? " A text stands in quotes." : "")}";
        }
    }

    /// <summary>JSON as it is easiest to read; text that is none as it stands.</summary>
    public static string Pretty(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonLayout.Of(document.RootElement);
        }
        catch (JsonException)
        {
            return json; // the store gives what it was given; this only makes it easier to read
        }
    }

    /// <summary>The beginning of a value, on one line.</summary>
    public static string Excerpt(string json, int most = 80)
    {
        var line = Blanks().Replace(json.Length > most * 4 ? json[..(most * 4)] : json, " ").Trim();
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }

    // JSON lets half of a surrogate pair be written; it can't be read as text.
    private static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name is not null && IsReadable(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsBare(string text) => char.IsLetter(text.TrimStart()[0]);

    [GeneratedRegex(@"\s*LineNumber: .*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
