namespace Wizart.Flow.Benchmarks.Panels;

/// <summary>How many bytes an answer's body has: as it is, and as the server packs it for those who take it packed.</summary>
internal sealed record PageSize(long Raw, long Brotli, long Gzip)
{
    public const long Limit = 100 * 1024;

    public bool IsWithin => Brotli <= Limit;

    public override string ToString() => $"{Kilo(Raw)} KB, {Kilo(Brotli)} KB as br, {Kilo(Gzip)} KB as gzip";

    private static string Kilo(long bytes) => (bytes / 1024.0).ToString(bytes < 10 * 1024 ? "0.0" : "0");
}
