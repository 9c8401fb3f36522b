using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Wizart.Flow.Web.Ui.Static;

/// <summary>
/// Styles and scripts of the pages, from this assembly. Their path has a hash of all of them in it, so that a browser keeps
/// them for ever and takes new ones with a new version. All styles are one file: the tokens first, then those beside the components.
/// </summary>
public sealed class StaticFiles
{
    private const string Prefix = "ui/";
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, StaticFile> _files = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public StaticFiles()
    {
        var assembly = typeof(StaticFiles).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var styles = new StringBuilder();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names.OrderBy(Rank))
        {
            var content = Read(assembly, name);
            hash.AppendData(content);
            if (name.EndsWith(".css", StringComparison.Ordinal)) styles.Append(Encoding.UTF8.GetString(content).TrimStart('\uFEFF')).Append('\n');
            else _files[System.IO.Path.GetFileName(name)] = new StaticFile(content, Types[System.IO.Path.GetExtension(name)]);
        }

        _files["flow.css"] = new StaticFile(Encoding.UTF8.GetBytes(styles.ToString()), Types[".css"]);
        Version = Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Changes with any of the files.</summary>
    public string Version { get; }

    /// <summary>The path of a file, to be looked for from the page's base.</summary>
    public string Path(string name) => $"static/{Version}/{name}";

    internal void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/static/{version}/{name}", (HttpContext context, string version, string name) => Send(context, version, name)).AllowAnonymous();

    private IResult Send(HttpContext context, string version, string name)
    {
        if (!_files.TryGetValue(name, out var file)) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)) return Results.Bytes(file.Content, file.Type);
        headers.ContentEncoding = "br";
        return Results.Bytes(file.Packed, file.Type);
    }

    // A token must stand before what uses it, and the base before what refines it; a library before our own words on it.
    private static int Rank(string name) => name switch
    {
        _ when name.Contains("Vendor/", StringComparison.Ordinal) => 0,
        _ when name.EndsWith("/tokens.css", StringComparison.Ordinal) => 1,
        _ when name.EndsWith("/base.css", StringComparison.Ordinal) => 2,
        _ => 3,
    };

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private sealed class StaticFile(byte[] content, string type)
    {
        private readonly Lazy<byte[]> _packed = new(() => Pack(content));

        public byte[] Content => content;

        public string Type => type;

        public byte[] Packed => _packed.Value;

        private static byte[] Pack(byte[] content)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(content);
            return packed.ToArray();
        }
    }
}
