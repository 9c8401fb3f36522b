using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Providers.Sheets.Tests;

public class UpsertTests : SheetsTest
{
    private sealed record Step(int Rps, double ErrorRate, TimeSpan P95);

    private static readonly Step[] Steps = [new(20, 0, TimeSpan.FromMilliseconds(120)), new(40, 0.25, TimeSpan.FromMilliseconds(300))];
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 5, 0, 0, TimeSpan.FromHours(3));

    [Fact]
    public async Task A_first_run_makes_sheet_header_and_rows()
    {
        using var google = Client();
        var date = Monday;
        var written = await google.Upsert("Load tests", Steps, key: s => new { date, s.Rps });

        Assert.Equal(("Load tests", 2, 0, 0), (written.Sheet, written.Added, written.Replaced, written.Removed));
        var sheet = Server["Load tests"];
        Assert.Equal($"https://docs.google.com/spreadsheets/d/{SheetsServer.SpreadsheetId}/edit#gid={sheet.Id}", written.Url);
        Assert.Equal("date\tRps\tErrorRate\tP95", sheet.Text[0]);
        Assert.Equal(3, sheet.Text.Length);
        Assert.StartsWith("46349.0833333333", sheet.Text[1], StringComparison.Ordinal);
        Assert.Equal("DATE_TIME", sheet.Formats[(1, 0)]);
        Assert.Equal("TIME", sheet.Formats[(1, 3)]);
        Assert.Equal(1, sheet.FrozenRows);
        Assert.True((bool)sheet.HeaderFormat!["textFormat"]!["bold"]!);
    }

    [Fact]
    public async Task A_second_run_for_the_same_date_leaves_one_set_of_rows()
    {
        using var google = Client();
        var date = Monday;
        await google.Upsert("Load tests", Steps, key: s => new { date, s.Rps });
        var again = await google.Upsert("Load tests", [Steps[0] with { ErrorRate = 0.5 }, Steps[1]], key: s => new { date, s.Rps });

        Assert.Equal((0, 2), (again.Added, again.Replaced));
        Assert.Equal(3, Server["Load tests"].Text.Length);
        Assert.Contains("\t20\t0.5\t", Server["Load tests"].Text[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_back_dated_over_seven_days_fill_seven_in_any_order()
    {
        using var google = Client();
        foreach (var day in (int[])[3, 0, 6, 1, 5, 2, 4, 3])
        {
            var date = Monday.AddDays(day);
            await google.Upsert("Load tests", Steps, key: s => new { date, s.Rps });
        }

        var rows = await google.Read<Dictionary<string, object?>>("Load tests");
        Assert.Equal(14, rows.Length);
        Assert.Equal(14, rows.Select(r => (r["date"], r["Rps"])).Distinct().Count());
    }

    [Fact]
    public async Task Columns_of_people_and_their_order_are_kept()
    {
        var sheet = new GridSheet(7, "Load tests", 100, 4);
        foreach (var (column, name) in new[] { "Remark", "error rate", "rps", "P95" }.Index()) sheet.Set(0, column, name);
        sheet.Set(1, 0, "cold cache");
        sheet.Set(1, 2, 40);
        sheet.Set(3, 0, "do not touch");
        Server.Spreadsheets[SheetsServer.SpreadsheetId].Add(sheet);

        using var google = Client();
        var written = await google.Upsert("load tests", Steps, key: s => s.Rps);

        Assert.Equal((1, 1), (written.Added, written.Replaced));
        var text = Server["Load tests"].Text;
        Assert.StartsWith("cold cache\t0.25\t40\t", text[1], StringComparison.Ordinal);
        Assert.Equal("do not touch", text[3].TrimEnd('\t'));
        Assert.StartsWith("\t0\t20\t", text[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_columns_are_added_at_the_end_of_the_header()
    {
        using var google = Client();
        await google.Upsert("Load tests", Steps.Select(s => new { s.Rps }), key: s => s.Rps);
        Server["Load tests"].Columns = 2;
        await google.Upsert("Load tests", Steps, key: s => s.Rps);

        Assert.Equal("Rps\tErrorRate\tP95", Server["Load tests"].Text[0]);
        Assert.Equal(3, Server["Load tests"].Text.Length);
        Assert.Equal(3, Server["Load tests"].Columns);
    }

    [Fact]
    public async Task A_key_that_is_not_in_the_header_is_refused()
    {
        using var google = Client();
        await google.Upsert("Load tests", Steps, key: s => s.Rps);
        var date = Monday;
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", Steps, key: s => new { date, s.Rps }));
        Assert.Contains("has no column for 'date', which is part of the key", error.Message, StringComparison.Ordinal);
        Assert.Contains("Rps, ErrorRate, P95", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_rows_of_one_key_are_refused_before_anything_is_sent()
    {
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", [Steps[0], Steps[1], Steps[0]], key: s => s.Rps));
        Assert.Contains("rows 1 and 3 have the same key (Rps = 20)", error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task A_key_without_a_value_is_refused()
    {
        using var google = Client();
        var rows = new[] { new { Name = (string?)"a" }, new { Name = (string?)null } };
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", rows, key: r => r.Name));
        Assert.Contains("row 2 has no Name, which is part of the key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_rows_of_one_key_in_the_sheet_the_first_is_replaced_and_the_others_are_removed()
    {
        using var google = Client();
        await google.Append("Load tests", [Steps[0], Steps[1], Steps[0], Steps[0], new Step(60, 1, default)]);
        var written = await google.Upsert("Load tests", [Steps[0] with { ErrorRate = 0.75 }], key: s => s.Rps);

        Assert.Equal((0, 1, 2), (written.Added, written.Replaced, written.Removed));
        Assert.Equal([20, 40, 60], (await google.Read<Step>("Load tests")).Select(s => s.Rps));
        Assert.Equal(0.75, (await google.Read<Step>("Load tests"))[0].ErrorRate);
        Assert.Contains(Log, line => line.Message.Contains("rows 4, 5 are removed", StringComparison.Ordinal) && line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Dates_that_people_typed_as_text_are_the_same_key()
    {
        var sheet = new GridSheet(7, "Days", 100, 26);
        sheet.Set(0, 0, "Day");
        sheet.Set(1, 0, "2026-11-23");
        Server.Spreadsheets[SheetsServer.SpreadsheetId].Add(sheet);
        using var google = Client();
        var written = await google.Upsert("Days", [new { Day = new DateOnly(2026, 11, 23) }, new { Day = new DateOnly(2026, 11, 24) }], key: d => d.Day);
        Assert.Equal((1, 1), (written.Added, written.Replaced));
    }

    [Fact]
    public async Task Many_rows_take_few_calls()
    {
        using var google = Client();
        var rows = Enumerable.Range(1, 5_000).Select(i => new Step(i, i / 2.0, default)).ToArray();
        var written = await google.Upsert("Load tests", rows, key: s => s.Rps);
        Assert.Equal(5_000, written.Added);
        Assert.Equal(5_001, Server["Load tests"].Text.Length);
        Assert.InRange(Server.Calls.Count, 5, 9);

        Server.Calls.Clear();
        Assert.Equal(5_000, (await google.Upsert("Load tests", rows, key: s => s.Rps)).Replaced);
        Assert.InRange(Server.Calls.Count, 4, 6);
        Assert.Equal(1, CallsOf("/values:batchUpdate"));
    }

    [Fact]
    public async Task An_addition_that_may_have_been_done_is_looked_for_and_not_done_twice()
    {
        using var google = Client();
        await google.Upsert("Load tests", Steps[..1], key: s => s.Rps);
        Server.Fail(new SheetsFault("POST :batchUpdate", 503) { DoneFirst = true });
        var written = await google.Upsert("Load tests", Steps, key: s => s.Rps);

        Assert.Equal((1, 1), (written.Added, written.Replaced));
        Assert.Equal(3, Server["Load tests"].Text.Length);
        Assert.Contains(Log, line => line.Message.Contains("Looking again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sheet_that_may_have_been_added_is_not_added_twice()
    {
        using var google = Client();
        Server.Fail(new SheetsFault("POST :batchUpdate", 500) { DoneFirst = true });
        await google.Upsert("Load tests", Steps, key: s => s.Rps);
        Assert.Equal(2, Server.Spreadsheets[SheetsServer.SpreadsheetId].Count);
        Assert.Equal(3, Server["Load tests"].Text.Length);
    }

    [Fact]
    public async Task Ten_million_cells_are_told_before_anything_is_written()
    {
        Server.Spreadsheets[SheetsServer.SpreadsheetId].Add(new GridSheet(5, "Archive", 399_000, 25));
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", Steps, key: s => s.Rps));
        Assert.Contains("has 10,001,000 cells", error.Message, StringComparison.Ordinal);
        Assert.Contains("26,000 more would be needed", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, CallsOf("POST"));

        Server.Spreadsheets[SheetsServer.SpreadsheetId][1].Rows = 397_000;
        await google.Upsert("Load tests", Steps, key: s => s.Rps);
        var rows = Enumerable.Range(1, 2_900).Select(i => new Step(i, 0, default));
        error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", rows, key: s => s.Rps));
        Assert.Contains("49,426 more would be needed", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Server["Load tests"].Text.Length);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_no_cell_holds_is_named(double number)
    {
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("Load tests", [Steps[0], Steps[1] with { ErrorRate = number }], key: s => s.Rps));
        Assert.Contains("'Load tests': row 2, ErrorRate: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task Zero_rows_leave_a_sheet_with_a_header()
    {
        using var google = Client();
        var written = await google.Upsert("Load tests", Array.Empty<Step>(), key: s => s.Rps);
        Assert.Equal((0, 0), (written.Added, written.Replaced));
        Assert.Equal(["Rps\tErrorRate\tP95"], Server["Load tests"].Text);
    }

    [Fact]
    public async Task A_key_needs_names()
    {
        using var google = Client();
        await Assert.ThrowsAsync<ArgumentException>(() => google.Upsert("Load tests", Steps, key: s => s.Rps + 1));
        var rps = 1;
        await Assert.ThrowsAsync<ArgumentException>(() => google.Upsert("Load tests", Steps, key: s => new { rps }));
    }
}
