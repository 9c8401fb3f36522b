using System.Text.RegularExpressions;
using System.Xml.Linq;
using Wizart.Flow.Providers.Charts;
using Wizart.Flow.Providers.Csv;

namespace Wizart.Flow.Providers.Reports.Tests;

public sealed partial class ReportTests
{
    private const string Nasty = "<script>alert('x')</script> & \"quoted\" | `code` *bold* \u0001 привет";

    private static readonly DateTimeOffset Day = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_figure_stands_with_its_unit_and_its_change()
    {
        var html = Report.Titled("Load test").Subtitle("staging").Headline("Holds", 480.0, "requests/s", 400.0, Better.Higher).ToHtml();

        Assert.Contains("<h1>Load test</h1>\n<p class=\"under\">staging</p>", html, StringComparison.Ordinal);
        Assert.Contains(
            """
            <div class="headline">
            <p class="name">Holds</p>
            <p class="value"><strong>480</strong> <span>requests/s</span></p>
            <p class="change good">▲ +20 % from 400</p>
            </div>
            """.ReplaceLineEndings("\n"),
            html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(480.0, 400.0, Better.Higher, "good", "▲ +20 % from 400")]
    [InlineData(480.0, 400.0, Better.Lower, "bad", "▲ +20 % from 400")]
    [InlineData(300.0, 400.0, Better.Lower, "good", "▼ −25 % from 400")]
    [InlineData(300.0, 400.0, Better.Higher, "bad", "▼ −25 % from 400")]
    [InlineData(300.0, 400.0, Better.Either, "", "▼ −25 % from 400")]
    [InlineData(400.1, 400.0, Better.Higher, "", "unchanged")]
    [InlineData(-5.0, -10.0, Better.Higher, "good", "▲ +50 % from −10")]
    [InlineData(5.0, 0.0, Better.Higher, "", "before: 0")]
    [InlineData(5, null, Better.Higher, "", "no earlier value")]
    [InlineData(5, double.NaN, Better.Higher, "", "no earlier value")]
    [InlineData(1234567.89, 1000.0, Better.Higher, "good", "▲ +123,357 % from 1,000")]
    public void A_change_is_told_and_coloured_by_which_way_is_better(double now, double? before, Better better, string look, string words)
    {
        var report = Report.Titled("t").Headline("n", now, "", before, better);
        Assert.Contains($"<p class=\"{($"change {look}").TrimEnd()}\">{words}</p>", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains($" | {words} |", report.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_value_there_is_a_dash_and_no_change()
    {
        foreach (var value in new double?[] { null, double.NaN, double.PositiveInfinity })
        {
            var html = Report.Titled("t").Headline("n", value, "ms", 5.0).ToHtml();
            Assert.Contains("<strong>–</strong> <span>ms</span></p>\n</div>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_trend_gives_the_earlier_value_and_a_line()
    {
        var trend = new Trend("p95", [Point(-1, 200), Point(-2, 100)]);
        var html = Report.Titled("t").Headline("p95", 150, "ms", trend, Better.Lower).ToHtml();
        Assert.Contains("▼ −25 % from 200", html, StringComparison.Ordinal);
        Assert.Contains("<polyline points=\"3,29 80,3 157,16\"/><circle cx=\"157\" cy=\"16\"", html, StringComparison.Ordinal);

        var first = Report.Titled("t").Headline("p95", 150, "ms", new Trend("p95", [])).ToHtml();
        Assert.Contains("no earlier value", first, StringComparison.Ordinal);
        Assert.DoesNotContain("polyline points", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_told_becomes_a_mark_and_nothing_is_loaded_or_run()
    {
        var html = Report.Titled(Nasty).Subtitle(Nasty).Headline(Nasty, 1, Nasty, 2.0).Section(Nasty).Text(Nasty).Note(Nasty)
            .Chart(Chart.Bars([1], n => Nasty, n => n).Title(Nasty), Nasty)
            .Table(Table.Of([Nasty, "b"], [[Nasty, 1L]]), Nasty).ToHtml();

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("""<[^>]+ on\w+=""", html);
        Assert.Contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'", html, StringComparison.Ordinal);

        // Every mark has its end, and what was told is there as it was.
        var page = XDocument.Parse(VoidElement().Replace(html, "<$1/>").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        var told = Nasty.Replace('\u0001', '\uFFFD');
        Assert.Equal(12, page.Descendants().Count(e => !e.HasElements && e.Value == told));
        Assert.Equal(told, page.Descendants("img").Single().Attribute("alt")!.Value);
    }

    [Fact]
    public void A_chart_is_a_picture_inside_the_page()
    {
        var chart = Chart.Line([1, 2, 3], n => n, n => n * n).Title("Squares");
        var html = Report.Titled("t").Chart(chart, "Growth").Chart(chart).ToHtml();
        var pictures = Picture().Matches(html);
        Assert.Equal(["Growth", "Chart 2"], pictures.Select(p => p.Groups[1].Value));
        var svg = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(pictures[0].Groups[2].Value));
        Assert.Contains("Squares", svg, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "<source media=\"\\(max-width: 32rem\\)\" srcset=\"data:image/svg\\+xml;base64,"));
        Assert.Contains("<figcaption>Growth</figcaption>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_numbers_to_the_right_and_values_as_people_write_them()
    {
        var table = Table.Of(
            ["name", "count", "mean", "day", "at", "ok"],
            [["a", 1234567L, 1234.5678, new DateOnly(2026, 11, 1), Day.AddHours(6), true], ["b", -1L, null, null, Day, false]]);
        var html = Report.Titled("t").Table(table, "All").ToHtml();
        Assert.Contains("<caption>All</caption>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">name</th><th scope=\"col\" class=\"n\">count</th>", html, StringComparison.Ordinal);
        Assert.Contains(
            "<tr><td>a</td><td class=\"n\">1,234,567</td><td class=\"n\">1,234.6</td><td>2026-11-01</td><td>2026-11-22 06:00</td><td>yes</td></tr>\n"
            + "<tr><td>b</td><td class=\"n\">−1</td><td class=\"n\"></td><td></td><td>2026-11-22</td><td>no</td></tr>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_or_wide_table_the_beginning_is_shown_and_the_report_says_so()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"c{i}").ToArray();
        var big = Table.Of(names, Enumerable.Range(0, 5_000).Select(r => (IReadOnlyList<object?>)[.. names.Select(_ => (object?)(long)r)]));
        var report = Report.Titled("t").Table(big).Table([new { A = 1 }], mostRows: 1).Table(Array.Empty<Point2>());
        foreach (var text in new[] { report.ToHtml(), report.ToMarkdown() })
            Assert.Single(Regex.Matches(text, "Shown are the first 200 of 5,000 rows and the first 40 of 50 columns\\."));
        Assert.Equal(200 + 1 + 3, Regex.Count(report.ToHtml(), "<tr>"));
        Assert.Single(Regex.Matches(report.ToHtml(), "There are no rows\\."));
        Assert.Throws<ArgumentOutOfRangeException>(() => report.Table(big, mostRows: 0));
    }

    [Fact]
    public void Markdown_says_the_same()
    {
        var markdown = Report.Titled("Load *test*").Subtitle("staging").Headline("Holds", 480, "requests/s", 400.0).Headline("Errors", 0, "%")
            .Section("Steps").Text("One.\n\nTwo <b>.").Note("Mind it").Chart(Chart.Line([1], n => n, n => n), "p95").Table(Table.Of(["a|b", "n"], [["x\ny", 1.5]]), "All").ToMarkdown();
        Assert.Equal(
            """
            # Load \*test\*

            staging

            | | | |
            | --- | ---: | --- |
            | Holds | **480** requests/s | ▲ +20 % from 400 |
            | Errors | **0** % |  |

            ## Steps

            One.

            Two \<b\>.

            > **Note:** Mind it

            ![p95](report-1.png)

            **All**

            | a\|b | n |
            | --- | ---: |
            | x y | 1.5 |

            """.ReplaceLineEndings("\n"), markdown);
    }

    [Fact]
    public void Saved_it_is_a_page_with_markdown_and_pictures_beside_it()
    {
        var name = $"report {Guid.NewGuid():N}.html";
        var stem = name[..^".html".Length];
        string[] files = [name, $"{stem}.md", $"{stem}-1.png"];
        try
        {
            var report = Report.Titled("t").Chart(Chart.Line([1], n => n, n => n));
            var artifact = report.Save(name);
            Assert.Equal((name, "text/html"), (artifact.Name, artifact.ContentType));
            Assert.Equal(report.ToHtml(), File.ReadAllText(name));
            Assert.Contains(Uri.EscapeDataString($"{stem}-1.png"), File.ReadAllText($"{stem}.md"), StringComparison.Ordinal);
            Assert.True(File.ReadAllBytes($"{stem}-1.png").AsSpan(1, 3).SequenceEqual("PNG"u8));
        }
        finally
        {
            foreach (var file in files) File.Delete(file);
        }

        Assert.Throws<ArgumentException>(() => Report.Titled("t").Save("report.pdf"));
        Assert.Throws<ArgumentException>(() => Report.Titled(" "));
    }

    private static TrendPoint Point(int day, double value) => new(Day.AddDays(day), value, day + 100, Day, new Dictionary<string, string>());

    private sealed record Point2(int X, int Y);

    [GeneratedRegex("<((?:meta|img|source)[^>]*)>")]
    private static partial Regex VoidElement();

    [GeneratedRegex("<img alt=\"([^\"]*)\" src=\"data:image/svg\\+xml;base64,([^\"]+)\">")]
    private static partial Regex Picture();
}
