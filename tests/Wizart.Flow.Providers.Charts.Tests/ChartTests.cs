using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace Wizart.Flow.Providers.Charts.Tests;

public class ChartTests : WorkingFolder
{
    private const int RoomInAMessage = 13 * 1024;

    public static TheoryData<string> Names => [.. Samples.All().Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_gives_a_picture_that_fits_into_a_message(string name)
    {
        var png = Samples.All().First(s => s.Name == name).Chart.ToPng();

        var picture = Picture.Read(png);
        Assert.Equal((800, 450), (picture.Width, picture.Height));
        Assert.True(picture.Shares.Count > 8, "the picture is all but empty");
        Assert.True(png.Length < RoomInAMessage, $"{png.Length} bytes");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_kind_gives_a_well_formed_svg_with_its_title(string name)
    {
        var svg = XDocument.Parse(Samples.All().First(s => s.Name == name).Chart.ToSvg());

        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.True(svg.Descendants().Count(e => e.Name.LocalName is "text" or "path" or "line") > 3, svg.ToString());
        Assert.DoesNotContain("Wizart Flow Sans", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_artifacts()
    {
        var chart = Samples.All().First().Chart;
        var (png, svg) = (chart.Png("p95.png"), chart.Svg("p95.svg"));

        Assert.Equal(("p95.png", "image/png", new FileInfo("p95.png").Length), (png.Name, png.ContentType, png.Size));
        Assert.Equal(("p95.svg", "image/svg+xml"), (svg.Name, svg.ContentType));
        Assert.Throws<ArgumentException>(() => chart.Png("p95.jpg"));
    }

    [Fact]
    public void Each_series_has_its_color_and_a_threshold_is_red()
    {
        var picture = Picture.Read(Samples.All().First(s => s.Name == "threshold").Chart.ToPng());

        Assert.True(picture.Near(0x0B, 0x66, 0xC3) > 500, "the first line");
        Assert.True(picture.Near(0xE0, 0x7A, 0x00) > 500, "the second line");
        Assert.True(picture.Near(0xC6, 0x28, 0x28) > 200, "the threshold");
        Assert.Equal(0, Picture.Read(Samples.All().First().Chart.ToPng()).Near(0xC6, 0x28, 0x28));
    }

    [Fact]
    public void The_same_figures_give_the_same_bytes_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Samples.All().First(s => s.Name == "time").Chart.ToPng();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(expected, Samples.All().First(s => s.Name == "time").Chart.ToPng());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(null)]
    public void Without_a_single_value_it_says_no_data(double? value)
    {
        var svg = Chart.Line([1, 2], i => i, _ => value).Title("p95").ToSvg();
        Assert.Contains("no data", Words(svg), StringComparison.Ordinal);
        Assert.Contains("no data", Words(Chart.Bars([1, 2], i => $"{i}", _ => value).ToSvg()), StringComparison.Ordinal);
        Assert.Contains("no data", Words(Chart.Histogram([1, 2], _ => value).ToSvg()), StringComparison.Ordinal);
        Assert.Contains("no data", Words(Chart.HeatMap([1, 2], i => $"{i}", i => $"{i}", _ => value).ToSvg()), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_of_a_calendar_have_no_zone()
    {
        DateOnly[] days = [new(2026, 11, 2), new(2026, 11, 3), new(2026, 11, 9)];
        var plain = Words(Chart.Line(days, day => day, day => day.Day).ToSvg());
        Assert.DoesNotContain("UTC", plain, StringComparison.Ordinal);
        Assert.Equal(plain, Words(Chart.Line(days, day => day, day => day.Day).In("Pacific/Auckland").ToSvg()));
    }

    [Fact]
    public void Missing_values_are_counted_in_the_picture()
    {
        Assert.Contains("2 values are missing", Words(Samples.All().First(s => s.Name == "gaps").Chart.ToSvg()), StringComparison.Ordinal);
        Assert.DoesNotContain("missing", Words(Samples.All().First().Chart.ToSvg()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_no_number_is_told_with_its_row()
    {
        var error = Assert.Throws<ArgumentException>(() => Chart.Line([1.0, double.NaN], x => x, _ => 1, "p95"));
        Assert.StartsWith("Row 2 of 'p95' has NaN on the horizontal axis", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_come_twice_and_series_that_do_not_fit_are_refused()
    {
        Assert.Contains("called 'a'", Assert.Throws<ArgumentException>(() => Chart.Bars(["a", "a"], s => s, _ => 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Chart.HeatMap(["a", "a"], s => s, s => s, _ => 1));
        Assert.Throws<InvalidOperationException>(() => Chart.Line([1], i => i, _ => 1).And([1], _ => DateTimeOffset.UnixEpoch, _ => 1));
        Assert.Throws<InvalidOperationException>(() => Chart.Line([1], i => i, _ => 1).In("UTC"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Chart.Line([1], i => i, _ => 1).Size(1, 1));
    }

    [Fact]
    public void One_point_one_value_and_equal_values_are_drawn()
    {
        Assert.True(Picture.Read(Chart.Line([1], i => i, _ => 5).ToPng()).Near(0x0B, 0x66, 0xC3) > 10);
        Assert.True(Picture.Read(Chart.Histogram([5, 5, 5], i => i).ToPng()).Near(0x0B, 0x66, 0xC3) > 1000);
        Assert.True(Picture.Read(Chart.Line([1, 2, 3], i => i, _ => 0).FromZero().ToPng()).Near(0x0B, 0x66, 0xC3) > 500);
    }

    [Fact]
    public void A_time_axis_shows_the_wall_clock_of_its_zone()
    {
        var start = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        Chart Times() => Chart.Line(Enumerable.Range(0, 13), i => start.AddMinutes(i * 5), i => i);
        Assert.Contains("09:30", Words(Times().ToSvg()), StringComparison.Ordinal);
        Assert.DoesNotContain("12:30", Words(Times().ToSvg()), StringComparison.Ordinal);
        Assert.Contains("12:30", Words(Times().In("Europe/Minsk").ToSvg()), StringComparison.Ordinal);
        Assert.Contains("Europe/Minsk", Words(Times().In("Europe/Minsk").ToSvg()), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_can_be_drawn_side_by_side()
    {
        var expected = Samples.All().First().Chart.ToPng();
        Parallel.For(0, 8, _ => Assert.Equal(expected, Samples.All().First().Chart.ToPng()));
    }

    private static string Words(string svg) => string.Join('\n', XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
}

/// <summary>A PNG file with a palette, unpacked by hand.</summary>
internal sealed record Picture(int Width, int Height, Dictionary<(byte R, byte G, byte B), int> Shares)
{
    public static Picture Read(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks[System.Text.Encoding.ASCII.GetString(png, at + 4, 4)] = png[(at + 8)..(at + 8 + length)];
            at += length + 12;
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress)) zlib.CopyTo(unpacked);
        var rows = unpacked.ToArray();
        Assert.Equal((width + 1) * height, rows.Length);
        var palette = chunks["PLTE"];
        var shares = rows.Where((_, i) => i % (width + 1) != 0).GroupBy(i => i).ToDictionary(g => (palette[g.Key * 3], palette[(g.Key * 3) + 1], palette[(g.Key * 3) + 2]), g => g.Count());
        return new Picture(width, height, shares);
    }

    /// <summary>How many pixels have about this color.</summary>
    public int Near(int red, int green, int blue) =>
        Shares.Where(s => Math.Abs(s.Key.R - red) <= 10 && Math.Abs(s.Key.G - green) <= 10 && Math.Abs(s.Key.B - blue) <= 10).Sum(s => s.Value);
}
