using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Providers.Sheets.Tests;

public class GoogleSheetsTests : SheetsTest
{
    private enum Verdict
    {
        Held,
        Failed,
    }

    private sealed record Everything(
        string Text, int Whole, long Big, decimal Money, double Number, bool Truth, Verdict Verdict, DateOnly Day, DateTime Time,
        DateTimeOffset Instant, TimeOnly Clock, TimeSpan Span, Guid Id, int? Nothing, string[] List);

    private sealed record Day(DateOnly Date, int Count, string? Remark = null);

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        using var google = Client();
        var row = new Everything(
            "=1+1", -7, long.MaxValue, 12.34m, 0.1, true, Verdict.Failed, new DateOnly(2026, 2, 28), new DateTime(2026, 2, 28, 23, 59, 59, 999),
            new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.FromHours(3)), new TimeOnly(7, 30, 15), TimeSpan.FromMicroseconds(1_234_567), Guid.NewGuid(), null,
            ["a", "b"]);
        await google.Append("All", [row]);
        var read = Assert.Single(await google.Read<Everything>("All"));

        Assert.Equal(row with { List = read.List }, read);
        Assert.Equal(row.List, read.List);
        Assert.Equal("=1+1", Server["All"].Cells[(1, 0)].GetValue<string>());
        Assert.Equal(9223372036854775807.ToString(), Server["All"].Cells[(1, 2)].GetValue<string>());
        Assert.Equal("DATE", Server["All"].Formats[(1, 7)]);
    }

    [Fact]
    public async Task Appended_rows_come_after_the_last()
    {
        using var google = Client();
        await google.Append("Days", [new Day(new DateOnly(2026, 1, 1), 1)]);
        var second = await google.Append("Days", [new Day(new DateOnly(2026, 1, 2), 2, "late")]);
        Assert.Equal(1, second.Added);
        Assert.Equal([1, 2], (await google.Read<Day>("Days")).Select(d => d.Count));
        Assert.Equal([null, "late"], (await google.Read<Day>("Days")).Select(d => d.Remark));
    }

    [Fact]
    public async Task An_appendix_that_may_have_been_done_is_told_and_not_repeated()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1)]);
        Server.Fail(new SheetsFault("POST :batchUpdate", 503) { DoneFirst = true });
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Append("Days", [new Day(default, 2)]));
        Assert.Contains("It may have been done all the same.", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.Equal(2, (await google.Read<Day>("Days")).Length);
    }

    [Fact]
    public async Task A_cell_that_does_not_fit_is_named()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1), new Day(default, 2)]);
        Server["Days"].Set(2, 1, "many");
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Day>("Days"));
        Assert.Contains("'Days'!B3 (Day.Count): 'many' is no int", error.Message, StringComparison.Ordinal);

        Server["Days"].Set(2, 1, null);
        error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Day>("Days"));
        Assert.Contains("'Days'!B3 (Day.Count): it is empty", error.Message, StringComparison.Ordinal);

        Server["Days"].Set(0, 1, "Number");
        error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Day>("Days"));
        Assert.Contains("'Days' has no column for 'Count' of Day. Its header is: Date, Number, Remark", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_sheet_is_told_with_those_that_are_there()
    {
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Day>("Dayz"));
        Assert.Contains("'Metrics' has no sheet 'Dayz'. It has: 'Sheet1'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cleared_sheet_keeps_its_header_and_is_filled_again()
    {
        using var google = Client();
        await google.Append("Tom's days", [new Day(default, 1), new Day(default, 2)]);
        await google.Clear("Tom's days");
        Assert.Equal(["Date\tCount\tRemark"], Server["Tom's days"].Text);
        await google.Append("Tom's days", [new Day(default, 3)]);
        Assert.Equal(3, Assert.Single(await google.Read<Day>("Tom's days")).Count);
    }

    [Fact]
    public async Task A_chart_is_added_once_and_brought_up_to_date()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1)]);
        await google.AddChart("Days", new SheetChart("By day", "Date", "Count") { YTitle = "orders" });
        var link = await google.AddChart("Days", new SheetChart("By day", "Date", "count") { Kind = SheetChartKind.Column });
        await google.AddChart("Days", new SheetChart("Other", "Date", "Count"));

        Assert.EndsWith($"#gid={Server["Days"].Id}", link.Url, StringComparison.Ordinal);
        Assert.Equal(2, Server["Days"].Charts.Count);
        var basic = Server["Days"].Charts[0]["spec"]!["basicChart"]!;
        Assert.Equal("COLUMN", (string?)basic["chartType"]);
        Assert.Equal(1, (int)basic["headerCount"]!);
        var drawn = basic["series"]![0]!["series"]!["sourceRange"]!["sources"]![0]!;
        Assert.Equal((1, 2, 0, 1000), ((int)drawn["startColumnIndex"]!, (int)drawn["endColumnIndex"]!, (int)drawn["startRowIndex"]!, (int)drawn["endRowIndex"]!));
    }

    [Fact]
    public async Task A_chart_that_may_have_been_added_is_not_added_twice()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1)]);
        Server.Fail(new SheetsFault("POST :batchUpdate", 500) { DoneFirst = true });
        await google.AddChart("Days", new SheetChart("By day", "Date", "Count"));
        Assert.Single(Server["Days"].Charts);
    }

    [Fact]
    public async Task A_chart_of_a_missing_column_is_refused()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1)]);
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.AddChart("Days", new SheetChart("By day", "Date", "Amount")));
        Assert.Contains("'Days' has no column 'Amount' for the chart 'By day'. Its header is: Date, Count, Remark", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_is_formatted_as_asked()
    {
        using var google = Client();
        await google.Append("Days", [new Day(default, 1)]);
        await google.FormatHeader("Days", new SheetHeaderFormat { Bold = false, Frozen = false, Background = "#FF0080" });
        Assert.Equal(0, Server["Days"].FrozenRows);
        Assert.False((bool)Server["Days"].HeaderFormat!["textFormat"]!["bold"]!);
        Assert.Equal(1.0, (double)Server["Days"].HeaderFormat!["backgroundColor"]!["red"]!);
    }

    [Fact]
    public async Task A_new_spreadsheet_can_be_written_at_once()
    {
        using var google = Client();
        var made = await google.Create("Report", "One", "Two");
        await google.In(made.Url).Append("Two", [new Day(default, 5)]);
        Assert.Equal(5, Assert.Single(await google.In(made.SpreadsheetId).Read<Day>("Two")).Count);
        Assert.Equal(["One", "Two"], Server.Spreadsheets[made.SpreadsheetId].Select(s => s.Title));
    }

    [Fact]
    public async Task A_sheet_is_added_once()
    {
        using var google = Client();
        await google.AddSheet("Extra");
        await google.AddSheet("extra");
        Assert.Equal(2, Server.Spreadsheets[SheetsServer.SpreadsheetId].Count);
    }
}
