namespace Wizart.Flow.Web;

/// <summary>The content types that downloads may have: those that carry no code a browser would run.</summary>
internal static class SafeTypes
{
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain; charset=utf-8",
        [".log"] = "text/plain; charset=utf-8",
        [".md"] = "text/plain; charset=utf-8",
        [".csv"] = "text/csv; charset=utf-8",
        [".json"] = "application/json",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".zip"] = "application/zip",
        [".gz"] = "application/gzip",
    };

    /// <summary>The type by the name's ending; otherwise bytes.</summary>
    public static string Of(string? name) => ByEnding.GetValueOrDefault(Path.GetExtension(name ?? ""), "application/octet-stream");
}
