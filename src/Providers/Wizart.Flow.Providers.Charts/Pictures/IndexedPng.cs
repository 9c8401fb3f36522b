using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace Wizart.Flow.Providers.Charts.Pictures;

/// <summary>
/// PNG files with a palette: a chart has few colours, and takes a third of the space, so that it fits into a chat message.
/// </summary>
internal static class IndexedPng
{
    private const int RoomInAMessage = 12 * 1024;

    private const int PlainColors = 16; // those of the lines, the grid and the ground stay as they are

    // The shades of slanted edges take most of the space, and are the least missed.
    private static readonly int[] MostColors = [256, 48, 24];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    /// <summary>The picture; where there are more colors than fit, similar ones become the one of them that is seen most.</summary>
    public static byte[] Encode(SKBitmap picture)
    {
        var pixels = picture.Pixels;
        var colors = new Dictionary<SKColor, int>();
        foreach (var pixel in pixels) colors[pixel] = colors.GetValueOrDefault(pixel) + 1;
        byte[] png = [];
        foreach (var most in MostColors)
        {
            png = Encode(picture, pixels, colors, most);
            if (png.Length <= RoomInAMessage) break;
        }

        return png;
    }

    private static byte[] Encode(SKBitmap picture, SKColor[] pixels, Dictionary<SKColor, int> colors, int most)
    {
        var plain = colors.OrderByDescending(c => c.Value).Take(PlainColors).Select(c => c.Key).ToHashSet();
        var step = 1;
        while (colors.Keys.Select(c => Rounded(c, plain.Contains(c) ? 0 : step)).Distinct().Count() > most) step *= 2;
        var groups = colors.GroupBy(c => Rounded(c.Key, plain.Contains(c.Key) ? 0 : step)).ToArray();
        var index = groups.SelectMany((g, i) => g.Select(c => (c.Key, Index: (byte)i))).ToDictionary(c => c.Key, c => c.Index);
        return Write(picture.Width, picture.Height, [.. groups.Select(g => g.MaxBy(c => c.Value).Key)], [.. pixels.Select(p => index[p])]);
    }

    // Step zero is a color of its own.
    private static (int, int, int, int) Rounded(SKColor color, int step) => step == 0 ? (0, color.Red, color.Green, color.Blue) :
        (step, (color.Red + (step / 2)) / step, (color.Green + (step / 2)) / step, (color.Blue + (step / 2)) / step);

    private static byte[] Write(int width, int height, SKColor[] palette, byte[] indexes)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3); // bits per pixel, palette
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, [.. palette.SelectMany(c => new[] { c.Red, c.Green, c.Blue })]);
        Chunk(png, "IDAT"u8, Packed(width, height, indexes));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Packed(int width, int height, byte[] indexes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(indexes, y * width, width);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = Crc(Crc(uint.MaxValue, type), data) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data) crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}
