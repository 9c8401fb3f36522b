using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>
/// The Sheets API v4 and Google's token server on loopback, as far as they are used: signed requests are checked, spreadsheets
/// are kept in memory, and a test can have any call fail.
/// </summary>
internal sealed partial class SheetsServer : IAsyncDisposable
{
    public const string SpreadsheetId = "1AbCdEfGhIjKlMnOpQrStUvWxYz";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, byte> _tokens = [];
    private readonly ConcurrentQueue<SheetsFault> _faults = [];

    private SheetsServer(WebApplication app) => _app = app;

    public ServiceAccount Account { get; } = new();

    /// <summary>Spreadsheets by id.</summary>
    public Dictionary<string, List<GridSheet>> Spreadsheets { get; } = new() { [SpreadsheetId] = [new GridSheet(0, "Sheet1", 1000, 26)] };

    /// <summary>Spreadsheets that are there and not for this account.</summary>
    public HashSet<string> Unshared { get; } = [];

    /// <summary>All calls but those for tokens: method, and path below the spreadsheets.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public string Url => _app.Urls.First();

    public GridSheet this[string sheet] => Spreadsheets[SpreadsheetId].Single(s => s.Title == sheet);

    /// <summary>The settings of a connection to it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["spreadsheet"] = $"https://docs.google.com/spreadsheets/d/{SpreadsheetId}/edit#gid=0",
        ["client_email"] = Account.Email,
        ["private_key"] = Account.PrivateKey,
        ["private_key_id"] = ServiceAccount.KeyId,
        ["token_uri"] = $"{Url}/token",
        ["url"] = Url,
    };

    public static async Task<SheetsServer> Start()
    {
        // Not the working folder, which other tests change meanwhile.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new SheetsServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next calls whose path has this part go wrong, one for each fault.</summary>
    public void Fail(params SheetsFault[] faults)
    {
        foreach (var fault in faults) _faults.Enqueue(fault);
    }

    /// <summary>No token that was given out is good any more.</summary>
    public void RevokeTokens() => _tokens.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var call = $"{context.Request.Method} {path.Replace("/v4/spreadsheets", "").Replace("/" + SpreadsheetId, "")}";
        if (path != "/token") Calls.Enqueue(call);
        SheetsFault? fault = null;
        if (_faults.TryPeek(out var next) && call.Contains(next.Call)) _faults.TryDequeue(out fault);
        if (fault is { Status: 0 })
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        try
        {
            if (fault is { DoneFirst: false }) throw new SheetsRefusal(fault.Status, fault.Message);
            var answer = path == "/token" ? await Token(context) : await Api(context, path);
            if (fault is not null) throw new SheetsRefusal(fault.Status, fault.Message);
            await context.Response.WriteAsJsonAsync(answer);
        }
        catch (SheetsRefusal refusal)
        {
            context.Response.StatusCode = refusal.Status;
            if (fault?.RetryAfter is { } wait) context.Response.Headers.RetryAfter = wait;
            JsonNode error = path == "/token"
                ? new JsonObject { ["error"] = "invalid_grant", ["error_description"] = refusal.Message }
                : new JsonObject { ["error"] = new JsonObject { ["code"] = refusal.Status, ["message"] = refusal.Message, ["status"] = "FAILED" } };
            await context.Response.WriteAsJsonAsync(error);
        }
    }

    private async Task<JsonObject> Token(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer") throw new SheetsRefusal(400, "Unsupported grant type.");
        if (Account.Refuse(form["assertion"].ToString(), TimeProvider.System.GetUtcNow()) is { } wrong) throw new SheetsRefusal(400, wrong);
        var token = Guid.NewGuid().ToString("N");
        _tokens.TryAdd(token, 0);
        return new JsonObject { ["access_token"] = token, ["expires_in"] = 3599, ["token_type"] = "Bearer" };
    }

    private async Task<JsonObject> Api(HttpContext context, string path)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal) || !_tokens.ContainsKey(authorization[7..]))
            throw new SheetsRefusal(401, "Request had invalid authentication credentials.");
        var body = context.Request.ContentLength > 0 ? (await JsonNode.ParseAsync(context.Request.Body))!.AsObject() : [];
        var place = Place().Match(path);
        if (!place.Success) throw new SheetsRefusal(404, "Not found.");
        lock (_lock)
        {
            var id = place.Groups["id"].Value;
            if (id.Length == 0) return Create(body);
            if (Unshared.Contains(id)) throw new SheetsRefusal(403, "The caller does not have permission");
            if (!Spreadsheets.TryGetValue(id, out var sheets)) throw new SheetsRefusal(404, "Requested entity was not found.");
            return (context.Request.Method, place.Groups["rest"].Value) switch
            {
                ("GET", "") => Seen(id, sheets),
                ("POST", ":batchUpdate") => Change(id, sheets, body),
                (var method, var rest) when rest.StartsWith("/values", StringComparison.Ordinal) =>
                    SheetValues.Answer(method, rest["/values".Length..], context.Request.Query, body, sheets),
                _ => throw new SheetsRefusal(404, "Not found."),
            };
        }
    }

    private JsonObject Create(JsonObject body)
    {
        var id = "created-" + Guid.NewGuid().ToString("N");
        var titles = body["sheets"]?.AsArray().Select(s => (string)s!["properties"]!["title"]!).ToArray() ?? ["Sheet1"];
        Spreadsheets[id] = [.. titles.Index().Select(t => new GridSheet(t.Index, t.Item, 1000, 26))];
        return Seen(id, Spreadsheets[id]);
    }

    private JsonObject Change(string id, List<GridSheet> sheets, JsonObject body)
    {
        List<GridSheet> changed = [.. sheets.Select(s => s.Copy())];
        var replies = body["requests"]!.AsArray().Select(r => GridChanges.Apply(r!.AsObject(), changed)).ToArray<JsonNode>();
        if (changed.Sum(s => (long)s.Rows * s.Columns) > 10_000_000)
            throw new SheetsRefusal(400, "This action would increase the number of cells in the workbook above the limit of 10000000 cells.");
        Spreadsheets[id] = changed;
        return new JsonObject { ["replies"] = new JsonArray(replies) };
    }

    private static JsonObject Seen(string id, List<GridSheet> sheets) => new()
    {
        ["spreadsheetId"] = id,
        ["spreadsheetUrl"] = $"https://docs.google.com/spreadsheets/d/{id}/edit",
        ["properties"] = new JsonObject { ["title"] = "Metrics" },
        ["sheets"] = new JsonArray([.. sheets.Select(s => s.ToJson())]),
    };

    [GeneratedRegex("^/v4/spreadsheets(/(?<id>[A-Za-z0-9_-]+)(?<rest>.*))?$")]
    private static partial Regex Place();
}

/// <summary>How a call goes wrong.</summary>
/// <param name="Call">A part of the call: <c>batchUpdate</c>, <c>/token</c>…</param>
/// <param name="Status">The answer; 0 for none.</param>
internal sealed record SheetsFault(string Call, int Status)
{
    public string Message { get; init; } = "It is meant to fail.";

    public string? RetryAfter { get; init; }

    /// <summary>The call is done all the same.</summary>
    public bool DoneFirst { get; init; }
}
