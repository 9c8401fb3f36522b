using System.Text;

namespace Wizart.Flow.Web.Tests;

/// <summary>Requests that nobody in his right mind sends, the same for the same seed.</summary>
internal sealed class BadRequests(int seed, IReadOnlyList<Endpoint> endpoints)
{
    private static readonly string[] Names =
    [
        "count", "cursor", "before", "after", "from", "to", "state", "kind", "dag", "order", "createdBy", "startedSince", "mapIndex", "attempt", "level",
        "contains", "follow", "elements", "days", "uri", "name", "recent", "by", "since", "until", "tag", "bucket", "inactive", "unfinished", "timeout", "x", "",
    ];

    private static readonly string[] Odd =
    [
        "", " ", "%00", "%0a%0d", "%ED%A0%80", "%ff%fe", "..", "../..", "%2e%2e%2f", "%2F", "%5c", "null", "undefined", "NaN", "-0", "0", "-1", "1", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e309", "0x10", "1.5", "true", "TRUE", "[]", "%7B%7D", "'%20or%201=1--", "%22%3E%3Cscript%3E",
        "%F0%9F%92%A9", "%E2%80%AE", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00", "2026-02-30", "2026-03-01T06:00",
        "orders", "load", "shop", "AAAA", "MDAwMA", "____", "%E2%84%AA", "success", "failed,queued", "newest", "latest_date", "a=b", "=", "1h", "1s", "99999999999d", "*", "W/%22x%22", "-",
        "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LjE", "MzE1NTM3ODk3NTk5OTk5OTk5OS4x", "MC4w",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[", "]", "nul", "null", "true", "0", "-", "1e999999", "\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "{\"\":\"\"}", "{\"a\":1,\"a\":2}", "\u0000", "\ufeff{}", "{} {}", "// x", "{\"params\":{\"\\ud800\":1}}",
        "{\"value\":\"\\ud83d\"}", "{\"value\":1e999}", "{\"value\":\"\\u0000\"}",
    ];

    private static readonly string[] Properties =
    [
        "params", "date", "from", "to", "tasks", "dryRun", "as", "continue", "text", "task", "uri", "updated", "value", "extra", "slots", "type", "values", "description", "approved", "comment",
        "mapIndex", "reprocess", "maxActive", "backwards", "fresh", "dags", "downtimes", "pauses", "version", "upstream", "downstream", "onlyFailed", "past", "future", "note", "nonsense",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "5", "2147483648", "1e400", "1.5", "99999999999999999999999999", "\"\"", "\"orders\"", "\"load\"", "\"load[0]\"", "\"load[99999999999]\"", "\"success\"", "\"shop\"",
        "\"2026-03-01\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u202e\"", "[]", "{}", "[null]", "[1,2]", "[\"load\"]", "[{}]", "[[]]", "{\"a\":{}}", "{\"limit\":1e99}",
        "{\"brand\":null}", "{\"url\":\"\\u0000\"}", "{\"url\":{}}", "{\"token\":\"***\"}", "[{\"from\":1,\"to\":2}]", "[{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\",\"dag\":\"orders\"}]", "\"wizart://prices\"", "\"***\"",
    ];

    private static readonly string[] Types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "nonsense", "image/png", ""];

    private static readonly string[] Headers = ["If-Match", "If-None-Match", "Idempotency-Key", "Accept", "Last-Event-ID", "Range", "If-Modified-Since", "If-Range", "X-Forwarded-For", "Origin", "Cookie"];

    private static readonly string[] HeaderValues =
    [
        "", "*", "\"", "\"\"", "W/\"a\"", "\"a\", \"b\",", "text/event-stream", "application/json;q=x", "bytes=0-", "bytes=9999999999999999999-", "bytes=-1", "99999999999999999999", "-1", "a b", new string('k', 201), new string('"', 500), "never",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next one.</summary>
    public HttpRequestMessage Next(Uri root, Func<string, string> known)
    {
        var endpoint = endpoints[_random.Next(endpoints.Count)];
        var method = _random.Next(20) == 0 ? Pick(["FOO", "HEAD", "OPTIONS", "TRACE", "GET", "POST", "PUT", "PATCH", "DELETE"]) : endpoint.Method;
        var text = root.GetLeftPart(UriPartial.Authority) + Path(endpoint, known) + Query();
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (method is not ("GET" or "HEAD" or "TRACE") || _random.Next(10) == 0) AddBody(request);
        for (var i = _random.Next(3); i > 0; i--) request.Headers.TryAddWithoutValidation(Pick(Headers), Pick(HeaderValues));
        return request;
    }

    private string Path(Endpoint endpoint, Func<string, string> known)
    {
        var parts = endpoint.Path.Split('/').Select(part => part.StartsWith('{') ? _random.Next(3) > 0 ? known(part) : OddText() : part);
        var path = "/api/v1" + string.Join('/', parts);
        return _random.Next(50) == 0 ? path + Pick(["/", "//", "/%00", "/..", ";x", "%", "/" + new string('a', 3_000)]) : path;
    }

    private string Query()
    {
        if (_random.Next(3) == 0) return "";
        var parts = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.Next(20) == 0 ? OddText() : $"{Pick(Names)}={OddText()}");
        return "?" + string.Join('&', parts);
    }

    private string OddText() => _random.Next(60) == 0 ? new string('9', _random.Next(1, 3_000)) : Pick(Odd);

    private void AddBody(HttpRequestMessage request)
    {
        var body = _random.Next(5) switch
        {
            0 => Encoding.UTF8.GetBytes(Pick(Bodies)),
            1 => Strange(),
            _ => Encoding.UTF8.GetBytes(Object()),
        };
        request.Content = new ByteArrayContent(body);
        if (Pick(Types) is { Length: > 0 } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
    }

    private byte[] Strange()
    {
        switch (_random.Next(6))
        {
            case 0:
                var bytes = new byte[_random.Next(200)];
                _random.NextBytes(bytes);
                return bytes;
            case 1:
                return Encoding.UTF8.GetBytes($"{{\"{Pick(Properties)}\":{new string('[', 1_000)}");
            case 2:
                return Encoding.UTF8.GetBytes($"{{\"{Pick(Properties)}\":{new string('[', 60)}{new string(']', 60)}}}");
            case 3:
                return Encoding.UTF8.GetBytes($"{{\"{Pick(Properties)}\":\"{new string('x', _random.Next(100_000))}\"}}");
            case 4 when _random.Next(20) == 0:
                return new byte[(1024 * 1024) + 1];
            default:
                var whole = Encoding.UTF8.GetBytes(Object());
                return whole[.._random.Next(whole.Length)];
        }
    }

    private string Object() =>
        "{" + string.Join(",", Enumerable.Range(0, _random.Next(1, 5)).Select(_ => $"\"{Pick(Properties)}\":{Pick(Values)}")) + "}";

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
