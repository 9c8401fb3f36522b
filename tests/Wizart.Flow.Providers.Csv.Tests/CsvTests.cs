using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Providers.Csv.Tests;

public class CsvTests : WorkingFolder
{
    public enum Verdict
    {
        Passed,
        Failed,
    }

    public sealed record Everything(
        string Text, string? Maybe, int Whole, long? Large, double Number, decimal Exact, bool Truth, Verdict Verdict,
        DateTimeOffset Time, DateTime Local, DateOnly Date, TimeOnly Clock, TimeSpan Span, TimeSpan? NoSpan, Guid Id, int[] List);

    public sealed record Step(int Rps, TimeSpan P95, double ErrorRate);

    private static readonly Everything Sample = new(
        "a, \"b\"\r\nc ö €", null, -7, null, 0.1 + 0.2, 12.30m, true, Verdict.Failed,
        new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified),
        new DateOnly(2026, 12, 31), new TimeOnly(23, 59, 58, 7), TimeSpan.FromMilliseconds(1234.5), null, Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), [1, 2]);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var file = Csv.Write("all.csv", [Sample, Sample with { Text = "", Maybe = "", Large = long.MaxValue, Number = double.NaN, NoSpan = TimeSpan.FromDays(3) }]);

        var read = Csv.Read<Everything>(file);

        Assert.Equal(2, read.Length);
        Assert.Equal(Sample with { List = read[0].List }, read[0]);
        Assert.Equal([1, 2], read[0].List);
        Assert.Equal(Sample with { Text = "", Maybe = "", Large = long.MaxValue, Number = double.NaN, NoSpan = TimeSpan.FromDays(3), List = read[1].List }, read[1]);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void No_culture_has_a_say(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var text = Csv.Text([new Step(1500, TimeSpan.FromMilliseconds(12.5), 0.25)]);
            Assert.Equal("Rps,P95,ErrorRate\n1500,00:00:00.0125000,0.25\n", text);
            Assert.Equal(new Step(1500, TimeSpan.FromMilliseconds(12.5), 0.25), Assert.Single(Csv.Parse<Step>(text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_is_an_artifact_with_its_hash_and_type()
    {
        var file = Csv.Write("steps.csv", [new Step(1, TimeSpan.Zero, 0)]);

        Assert.Equal(("steps.csv", "text/csv", new FileInfo("steps.csv").Length), (file.Name, file.ContentType, file.Size));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes("steps.csv"))), file.Hash);
    }

    [Fact]
    public void A_broken_row_is_told_with_file_line_column_and_text()
    {
        File.WriteAllText("steps.csv", "Rps,P95,ErrorRate\n10,00:00:01,0\n\"20\n\",00:00:02,0\nten,00:00:03,0\n40,5,0\n50,00:00:01,\n");

        var error = Assert.Throws<CsvException>(() => Csv.Read<Step>("steps.csv"));

        Assert.Equal([5, 6, 7], error.Errors.Select(e => e.Line));
        Assert.Equal("steps.csv, line 5, column 'Rps': 'ten' is no whole number.", error.Errors[0].ToString());
        Assert.Equal(("ten", "P95", "5"), (error.Errors[0].Text, error.Errors[1].Column, error.Errors[1].Text));
        Assert.Contains("it is empty; a number is wanted", error.Errors[2].Message, StringComparison.Ordinal);
        Assert.StartsWith("steps.csv has broken rows:\nsteps.csv, line 5,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_too_few_or_too_many_fields_is_broken()
    {
        var error = Assert.Throws<CsvException>(() => Csv.Parse<Step>("Rps,P95,ErrorRate\n10,00:00:01\n20,00:00:01,0,9\n"));

        Assert.Equal(
            ["the text, line 2: the row has 2 fields, the header 3: 10,00:00:01", "the text, line 3: the row has 4 fields, the header 3: 20,00:00:01,0,9"],
            error.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void A_file_that_breaks_off_in_quotes_is_not_whole()
    {
        var reading = Reading("Rps,P95,ErrorRate\n10,00:00:01,0\n\"20,00:00:01,0\n30,00:00:01,0\n");

        Assert.False(reading.IsWhole);
        Assert.Equal([10], reading.Rows.Select(r => r.Rps));
        Assert.Contains("quotes", Assert.Single(reading.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_good_rows_can_be_had_with_what_is_wrong_with_the_others()
    {
        var reading = Reading("Rps,P95,ErrorRate\n10,00:00:01,0\nten,00:00:01,0\n30,00:00:01,0\n");

        Assert.False(reading.IsWhole);
        Assert.Equal([10, 30], reading.Rows.Select(r => r.Rps));
        Assert.Equal(3, Assert.Single(reading.Errors).Line);
        Assert.True(Reading("Rps,P95,ErrorRate\n").IsWhole);
    }

    [Fact]
    public void A_missing_column_is_told_with_those_that_are_there()
    {
        var error = Assert.Throws<CsvException>(() => Csv.Parse<Step>("Rps,Latency,ErrorRate\n1,2,3\n"));
        Assert.Equal("the text, line 1: Column 'P95' of Step is missing. The file has 'Rps', 'Latency', 'ErrorRate'.", error.Message);
    }

    [Fact]
    public void An_empty_file_is_told()
    {
        Assert.Contains("not even a header", Assert.Throws<CsvException>(() => Csv.Parse<Step>("")).Message, StringComparison.Ordinal);
        Assert.Empty(Csv.Parse<Step>("Rps,P95,ErrorRate\n"));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_passed_over()
    {
        var read = Csv.Parse<Step>("note,error_rate,P95,RPS\nhi,0.5,00:00:01,7\n");
        Assert.Equal(new Step(7, TimeSpan.FromSeconds(1), 0.5), Assert.Single(read));
    }

    private sealed class Order
    {
        [JsonPropertyName("order id")]
        public long Id { get; set; }

        public string Country { get; init; } = "";

        public string Shout => Country + "!";

        [JsonIgnore]
        public object Hidden { get; } = new();
    }

    [Fact]
    public void Classes_have_their_names_computed_members_are_only_written()
    {
        var text = Csv.Text([new Order { Id = 5, Country = "PL" }]);
        Assert.Equal("order id,Country,Shout\n5,PL,PL!\n", text);
        var read = Assert.Single(Csv.Parse<Order>(text));
        Assert.Equal((5, "PL"), (read.Id, read.Country));
    }

    [Fact]
    public void Another_encoding_is_told_not_guessed()
    {
        File.WriteAllText("latin.csv", "Country,Amount\nÖsterreich,1\n", Encoding.Latin1);

        Assert.Contains("encoding", Assert.Throws<CsvException>(() => Csv.ReadTable("latin.csv")).Message, StringComparison.Ordinal);
        Assert.Equal("Österreich", Csv.ReadTable("latin.csv", new CsvFormat { Encoding = Encoding.Latin1 }).Rows[0].Text("Country"));
    }

    [Fact]
    public void A_byte_order_mark_and_other_line_ends_do_no_harm()
    {
        File.WriteAllText("excel.csv", "Rps;P95;ErrorRate\r\n7;00:00:01;0.5\r\n", new UTF8Encoding(true));
        Assert.Equal(7, Assert.Single(Csv.Read<Step>("excel.csv", new CsvFormat { Delimiter = ';' })).Rps);
    }

    [Fact]
    public void Formulas_are_disarmed_for_spreadsheets_only()
    {
        Assert.Equal("Country,Amount\n=1+1,-5\n", Csv.Text([new { Country = "=1+1", Amount = -5 }]));
        Assert.Equal("Country,Amount\n'=1+1,-5\n", Csv.Text([new { Country = "=1+1", Amount = -5 }], new CsvFormat { ForSpreadsheets = true }));
    }

    [Fact]
    public void Packed_files_are_unpacked()
    {
        var file = Csv.Write("steps.csv.gz", Enumerable.Range(1, 1000).Select(i => new Step(i, TimeSpan.Zero, 0)));
        Assert.True(file.Size < 10_000, $"{file.Size} bytes");
        Assert.Equal(1000, Csv.Read<Step>(file).Length);
    }

    [Fact]
    public void When_writing_fails_no_file_is_left()
    {
        Assert.Throws<InvalidOperationException>(() => Csv.Write("steps.csv", Failing()));
        Assert.Empty(Directory.GetFiles(Folder));

        static IEnumerable<Step> Failing()
        {
            yield return new Step(1, TimeSpan.Zero, 0);
            throw new InvalidOperationException("the source broke off");
        }
    }

    [Fact]
    public void Large_files_are_written_and_read_row_by_row()
    {
        var file = Csv.Write("large.csv", Enumerable.Range(0, 200_000).Select(i => new Step(i, TimeSpan.FromTicks(i), i / 7.0)));
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        long sum = 0;
        foreach (var step in Csv.Stream<Step>(file))
        {
            sum += step.Rps;
            if (step.Rps % 50_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - held);
        }

        Assert.Equal(199_999L * 200_000 / 2, sum);
        Assert.True(most < file.Size / 2, $"{most} bytes were held of a file of {file.Size}");
    }

    [Fact]
    public void A_stream_throws_at_the_broken_row()
    {
        File.WriteAllText("steps.csv", "Rps,P95,ErrorRate\n10,00:00:01,0\nten,00:00:01,0\n");
        using var rows = Csv.Stream<Step>("steps.csv").GetEnumerator();
        Assert.True(rows.MoveNext());
        Assert.Equal(3, Assert.Throws<CsvException>(() => rows.MoveNext()).Errors[0].Line);
    }

    [Fact]
    public void Outside_of_an_attempt_an_artifact_that_is_gone_or_changed_is_told()
    {
        var file = Csv.Write("steps.csv", [new Step(1, TimeSpan.Zero, 0)]);
        File.AppendAllText("steps.csv", "2,00:00:00,0\n");
        Assert.Contains("another content", Assert.Throws<InvalidDataException>(() => Csv.Read<Step>(file)).Message, StringComparison.Ordinal);
        File.Delete("steps.csv");
        Assert.Contains("working folder", Assert.Throws<FileNotFoundException>(() => Csv.Read<Step>(file)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Csv.Write("../steps.csv", [new Step(1, TimeSpan.Zero, 0)]));
    }

    [Fact]
    public void Plain_values_are_no_rows()
    {
        Assert.Contains("have no columns", Assert.Throws<ArgumentException>(() => Csv.Text([1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("have no columns", Assert.Throws<ArgumentException>(() => Csv.Text(["a"])).Message, StringComparison.Ordinal);
    }

    private static CsvReading<Step> Reading(string text)
    {
        File.WriteAllText("steps.csv", text);
        return Csv.TryRead<Step>("steps.csv");
    }
}
