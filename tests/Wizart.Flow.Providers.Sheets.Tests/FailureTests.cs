using System.Net;
using System.Security.Cryptography;
using Wizart.Flow.TestServers.Sheets;

namespace Wizart.Flow.Providers.Sheets.Tests;

public class FailureTests : SheetsTest
{
    private sealed record Row(int Id);

    [Fact]
    public async Task The_request_for_a_token_is_signed_for_google()
    {
        using var google = Client(("user", "ann@example.com"));
        await google.Read<Row>("Sheet1");
        Assert.Equal(Server.Account.Email, (string?)Server.Account.Claims!["iss"]);
        Assert.Equal("ann@example.com", (string?)Server.Account.Claims["sub"]);
    }

    [Fact]
    public async Task A_key_that_is_revoked_or_of_someone_else_is_told()
    {
        using var stranger = RSA.Create(2048);
        using var google = Client(("private_key", stranger.ExportPkcs8PrivateKeyPem()));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Contains($"Google does not know the key {ServiceAccount.KeyId} of {Server.Account.Email}: it was revoked or deleted", error.Message, StringComparison.Ordinal);
        Assert.Contains("connection 'metrics'", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_told()
    {
        using var google = Client(("client_email", "nobody@example.com"));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Contains("There is no service account nobody@example.com", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_renewed()
    {
        using var google = Client();
        await google.Read<Row>("Sheet1");
        Server.RevokeTokens();
        Assert.Empty(await google.Read<Row>("Sheet1"));
    }

    [Fact]
    public async Task A_token_that_is_never_accepted_is_told()
    {
        Server.Fail([.. Enumerable.Repeat(new SheetsFault("GET", 401), 4)]);
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Equal(HttpStatusCode.Unauthorized, error.Status);
        Assert.Contains("is not accepted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_that_is_not_shared_says_with_whom_to_share_it()
    {
        Server.Unshared.Add(SheetsServer.SpreadsheetId);
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Upsert("A", [new Row(1)], r => r.Id));
        Assert.Equal(HttpStatusCode.Forbidden, error.Status);
        Assert.Contains($"share it with {Server.Account.Email} as an editor", error.Message, StringComparison.Ordinal);
        Assert.Contains("The caller does not have permission", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_spreadsheet_is_told()
    {
        using var google = Client(("spreadsheet", "1nowhere"));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Equal(HttpStatusCode.NotFound, error.Status);
        Assert.Contains("Opening the spreadsheet 1nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains($"share it with {Server.Account.Email}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotas_are_waited_out_as_google_asks()
    {
        Server.Fail(new SheetsFault("GET", 429) { RetryAfter = "7" }, new SheetsFault("GET", 429), new SheetsFault("POST :batchUpdate", 429) { RetryAfter = "9" });
        using var google = Client();
        Assert.Equal(1, (await google.Append("A", [new Row(1)])).Added);
        Assert.Contains(TimeSpan.FromSeconds(7), Time.Waits);
        Assert.Contains(TimeSpan.FromSeconds(9), Time.Waits);
        Assert.Contains(Log, line => line.Message.Contains("answered 429; try 2 of 7 in 7 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quota_that_does_not_end_is_told()
    {
        Server.Fail([.. Enumerable.Repeat(new SheetsFault("GET", 429), 3)]);
        using var google = Client(("retries", "2"));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (error.Status, error.IsTransient));
        Assert.Contains("The quota counts by the minute", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Server.Calls.Count);
    }

    [Fact]
    public async Task A_long_wait_is_left_to_the_task()
    {
        Server.Fail(new SheetsFault("GET", 429) { RetryAfter = "300" });
        using var google = Client();
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Equal(TimeSpan.FromMinutes(5), error.RetryAfter);
        Assert.Contains("It asks to wait 300 s", error.Message, StringComparison.Ordinal);
        Assert.Single(Server.Calls);
    }

    [Fact]
    public async Task Failures_of_google_are_tried_again()
    {
        Server.Fail(new SheetsFault("/token", 503), new SheetsFault("GET", 500), new SheetsFault("GET", 503));
        using var google = Client();
        Assert.Empty(await google.Read<Row>("Sheet1"));
        Assert.Equal(3, Log.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told()
    {
        Server.Fail(new SheetsFault("GET", 0), new SheetsFault("GET", 0));
        using var google = Client(TimeProvider.System, CancellationToken.None, ("timeout", "300ms"), ("retries", "0"));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Contains("did not answer within 0.3 s", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_call_ends_with_its_attempt()
    {
        using var ended = new CancellationTokenSource();
        Server.Fail(new SheetsFault("GET", 0));
        using var google = Client(Time, ended.Token);
        var reading = google.Read<Row>("Sheet1");
        SpinWait.SpinUntil(() => !Server.Calls.IsEmpty, TimeSpan.FromSeconds(20));
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        using var google = Client(("url", "http://127.0.0.1:9"), ("retries", "1"));
        var error = await Assert.ThrowsAsync<SheetsException>(() => google.Read<Row>("Sheet1"));
        Assert.Contains("can't be reached at http://127.0.0.1:9/", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing listens there", error.Message, StringComparison.Ordinal);
    }
}
