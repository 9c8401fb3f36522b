namespace Wizart.Flow;

/// <summary>The MIME type that a file name's ending stands for.</summary>
public static class ContentTypes
{
    /// <summary>The type; <c>application/octet-stream</c> for an ending that is not known.</summary>
    public static string Of(string name) =>
        ByEnding.GetValueOrDefault(Path.GetExtension(name).ToLowerInvariant(), "application/octet-stream");

    private static readonly Dictionary<string, string> ByEnding = new()
    {
        [".avi"] = "video/x-msvideo",
        [".bmp"] = "image/bmp",
        [".css"] = "text/css",
        [".csv"] = "text/csv",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".gif"] = "image/gif",
        [".gz"] = "application/gzip",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".jsonl"] = "application/x-ndjson",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".mp4"] = "video/mp4",
        [".ndjson"] = "application/x-ndjson",
        [".parquet"] = "application/vnd.apache.parquet",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".sql"] = "application/sql",
        [".svg"] = "image/svg+xml",
        [".tar"] = "application/x-tar",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".webp"] = "image/webp",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".xml"] = "application/xml",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
        [".zip"] = "application/zip",
    };
}
