using System.Text;
using System.Text.Json;
using CsvHelper;
using Wizart.Flow.Engine.Attempts;

namespace Wizart.Flow.Web.Ui.Artifacts;

/// <summary>Reads as much of an artifact as a page shows.</summary>
internal sealed class ArtifactReader(IArtifactStore store)
{
    private const int MostBytes = 256 * 1024;
    private const int MostRows = 200;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, (ArtifactLook Look, string Type)> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = (ArtifactLook.Image, "image/png"),
        [".jpg"] = (ArtifactLook.Image, "image/jpeg"),
        [".jpeg"] = (ArtifactLook.Image, "image/jpeg"),
        [".gif"] = (ArtifactLook.Image, "image/gif"),
        [".webp"] = (ArtifactLook.Image, "image/webp"),
        [".svg"] = (ArtifactLook.Image, "image/svg+xml"),
        [".html"] = (ArtifactLook.Page, "text/html; charset=utf-8"),
        [".htm"] = (ArtifactLook.Page, "text/html; charset=utf-8"),
        [".md"] = (ArtifactLook.Markdown, "text/plain; charset=utf-8"),
        [".csv"] = (ArtifactLook.Table, "text/csv; charset=utf-8"),
        [".json"] = (ArtifactLook.Text, "application/json"),
        [".txt"] = (ArtifactLook.Text, "text/plain; charset=utf-8"),
        [".log"] = (ArtifactLook.Text, "text/plain; charset=utf-8"),
        [".yaml"] = (ArtifactLook.Text, "text/plain; charset=utf-8"),
        [".xml"] = (ArtifactLook.Text, "text/plain; charset=utf-8"),
    };

    /// <summary>How an artifact of a name is shown, and the type it is sent with.</summary>
    public static (ArtifactLook Look, string Type) LookOf(string name) =>
        ByEnding.GetValueOrDefault(Path.GetExtension(name), (ArtifactLook.Download, "application/octet-stream"));

    /// <summary>Its content.</summary>
    /// <exception cref="ApiProblem">There is none.</exception>
    public Stream Open(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) && store.Open(hash) is { } content
        ? content
        : throw ApiProblem.NotFound("There is no such artifact. It may have been removed by age.");

    /// <summary>What is shown of it.</summary>
    public async Task<ArtifactModel> ReadAsync(string hash, string name, CancellationToken cancellation)
    {
        var look = LookOf(name).Look;
        await using var content = Open(hash);
        if (look is ArtifactLook.Image or ArtifactLook.Page or ArtifactLook.Download) return new ArtifactModel(hash, name, look, "", [], false);
        var (text, isCut) = await TextAsync(content, cancellation);
        if (look == ArtifactLook.Table)
        {
            var (rows, more) = Table(text);
            return new ArtifactModel(hash, name, look, "", rows, isCut || more);
        }

        return new ArtifactModel(hash, name, look, name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !isCut ? Pretty(text) : text, [], isCut);
    }

    private static async Task<(string Text, bool IsCut)> TextAsync(Stream content, CancellationToken cancellation)
    {
        var buffer = new byte[MostBytes + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return (Encoding.UTF8.GetString(buffer, 0, Math.Min(read, MostBytes)).TrimStart('\uFEFF'), read > MostBytes);
    }

    private static (IReadOnlyList<string[]> Rows, bool More) Table(string text)
    {
        var options = new CsvReaderOptions { DetectSeparatorHint = true, MalformedData = CsvMalformedDataHandling.Recover, HasHeader = false };
        using var reader = CsvReader.Create(new StringReader(text), options);
        var rows = new List<string[]>();
        while (rows.Count <= MostRows && reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows.Count > MostRows ? (rows[..MostRows], true) : (rows, false);
    }

    private static string Pretty(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return text; // it says it is JSON and is not: shown as it is
        }
    }
}
