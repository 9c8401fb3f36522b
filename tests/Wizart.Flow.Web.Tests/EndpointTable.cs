namespace Wizart.Flow.Web.Tests;

/// <summary>How each endpoint is called well and badly. <c>{run}</c> and the like stand for what the server of the test has.</summary>
internal static class EndpointTable
{
    /// <summary>One endpoint.</summary>
    /// <param name="Route">The method, and the path as it is mapped.</param>
    /// <param name="Path">A good path with its query.</param>
    public sealed record Row(string Route, string Path)
    {
        public string? Body { get; init; }

        public int Status { get; init; } = 200;

        /// <summary>A path or query that makes no sense; null when there is nothing to get wrong but the body.</summary>
        public string? BadPath { get; init; }

        /// <summary>A body that makes no sense; null when it has none.</summary>
        public string? BadBody { get; init; }

        /// <summary>The path of something that there is not; null when the path names nothing.</summary>
        public string? Unknown { get; init; }

        /// <summary>Why nothing of a request to it can be malformed; null when something can.</summary>
        public string? Harmless { get; init; }

        public override string ToString() => Route;
    }

    private const string NoInput = "it reads nothing of the request but the name in the path";

    public static readonly Row[] Rows =
    [
        Get("/health") with { Harmless = NoInput },
        Get("/openapi.json") with { Harmless = NoInput },
        Get("/summary") with { Harmless = NoInput },
        Get("/next", "?count=3") with { BadPath = "/next?count=0" },
        Get("/simulations", "?days=2") with { BadPath = "/simulations?days=0", Unknown = "/simulations?dag=nothing" },
        Post("/simulate", """{"from": "2026-03-01", "to": "2026-03-03"}""") with { BadBody = """{"from": "never", "downtimes": 1}""", Unknown = "/simulate", },
        Get("/dags", "?count=2") with { BadPath = "/dags?count=x" },
        Get("/dags/{dagId}") with { Harmless = NoInput },
        Get("/dags/{dagId}/next", "?count=1") with { BadPath = "/dags/orders/next?after=soon" },
        Get("/dags/{dagId}/versions", "?count=1") with { BadPath = "/dags/orders/versions?cursor=!" },
        Get("/dags/{dagId}/versions/{number}") with { Harmless = NoInput },
        Get("/dags/{dagId}/diff") with { BadPath = "/dags/orders/diff?from=zero" },
        Post("/dags/{dagId}/pause") with { Harmless = NoInput },
        Post("/dags/{dagId}/unpause") with { Harmless = NoInput },
        Get("/dags/{dagId}/runs", "?state=success,failed&order=latest_date") with { BadPath = "/dags/orders/runs?order=best" },
        Post("/dags/{dagId}/runs", """{"date": "2026-03-01T06:00"}""", 201) with { BadBody = """{"date": 5}""" },
        Post("/dags/{dagId}/runs/{runId}/clear", """{"tasks": ["load"], "dryRun": true}""") with { BadBody = """{"tasks": "load"}""", Unknown = "/dags/orders/runs/999/clear" },
        Post("/dags/{dagId}/clear", """{"from": "2026-01-01", "to": "2026-12-01", "dryRun": true}""") with { BadBody = "{}" },
        Post("/dags/{dagId}/runs/{runId}/mark", """{"tasks": ["load"], "as": "failed", "dryRun": true}""") with { BadBody = """{"as": "well"}""", Unknown = "/dags/orders/runs/999/mark" },
        Post("/dags/{dagId}/mark", """{"from": "2026-01-01", "to": "2026-12-01", "as": "success", "dryRun": true}""") with { BadBody = """{"as": 1}""" },
        new("PATCH /dags/{dagId}/runs/{runId}/note", "/dags/orders/runs/{run}/note") { Body = """{"text": "looked at it"}""", BadBody = "[]", Unknown = "/dags/orders/runs/999/note" },
        Get("/dags/{dagId}/backfills", "?count=1") with { BadPath = "/dags/orders/backfills?before=a" },
        Post("/dags/{dagId}/backfills", """{"from": "2026-03-02", "to": "2026-03-03", "dryRun": true}""") with { BadBody = """{"from": true}""" },
        Get("/backfills", "?unfinished=true") with { BadPath = "/backfills?unfinished=perhaps" },
        Get("/backfills/{id}") with { Harmless = NoInput, Unknown = "/backfills/999" },
        Post("/backfills/{id}/pause") with { Harmless = NoInput, Unknown = "/backfills/999/pause" },
        Post("/backfills/{id}/unpause") with { Harmless = NoInput, Unknown = "/backfills/999/unpause" },
        Post("/backfills/{id}/cancel", status: 202) with { Harmless = NoInput, Unknown = "/backfills/999/cancel" },
        Get("/dags/{dagId}/waiting", dag: "follower") with { Harmless = NoInput },
        new("PATCH /dags/{dagId}/waiting", "/dags/follower/waiting") { Body = """{"uri": "wizart://prices", "updated": false}""", BadBody = """{"uri": 5}""", Unknown = "/dags/nothing/waiting" },
        Get("/waiting") with { BadPath = "/waiting?count=-1" },
        Get("/assets") with { BadPath = "/assets?count=1.5", Unknown = "/assets?uri=wizart://nothing" },
        Get("/assets/{id:long}") with { Harmless = NoInput, Unknown = "/assets/999" },
        Get("/assets/{id:long}/events", "?count=1") with { BadPath = "/assets/1/events?count=many", Unknown = "/assets/999/events" },
        Post("/assets/{id:long}/events", """{"extra": {"by": "test"}}""", 201) with { BadBody = """{"wrong": 1}""", Unknown = "/assets/999/events" },
        Post("/assets/events", """{"uri": "wizart://prices"}""", 201) with { BadBody = """{"uri": null}""" },
        Get("/runs", "?kind=manual&dag=orders&createdBy=ada") with { BadPath = "/runs?kind=odd" },
        Get("/runs/{runId}") with { Harmless = NoInput },
        Get("/runs/{runId}/wait", "?timeout=1") with { BadPath = "/runs/{run}/wait?timeout=61" },
        Post("/runs/{runId}/cancel", status: 409) with { Harmless = NoInput },
        Get("/runs/{runId}/why") with { Harmless = NoInput },
        Get("/runs/{runId}/deliveries") with { BadPath = "/runs/{run}/deliveries?cursor=%00" },
        Get("/runs/{runId}/notes") with { BadPath = "/runs/{run}/notes?count=0" },
        Get("/runs/{runId}/artifacts") with { BadPath = "/runs/{run}/artifacts?count=0" },
        Get("/runs/{runId}/assets") with { BadPath = "/runs/{run}/assets?count=0" },
        Get("/runs/{runId}/tasks", "?elements=5") with { BadPath = "/runs/{run}/tasks?elements=-1" },
        Get("/runs/{runId}/tasks/{taskId}") with { BadPath = "/runs/{run}/tasks/load?mapIndex=first" },
        Get("/runs/{runId}/tasks/{taskId}/elements", "?state=success") with { BadPath = "/runs/{run}/tasks/load/elements?state=fine" },
        Get("/runs/{runId}/tasks/{taskId}/attempts") with { BadPath = "/runs/{run}/tasks/load/attempts?mapIndex=-2" },
        Get("/runs/{runId}/tasks/{taskId}/logs", "?level=warning&contains=x") with { BadPath = "/runs/{run}/tasks/load/logs?level=loud" },
        Get("/runs/{runId}/tasks/{taskId}/output") with { BadPath = "/runs/{run}/tasks/load/output?mapIndex=x" },
        Get("/approvals", "?count=5") with { BadPath = "/approvals?count=0" },
        Post("/runs/{runId}/tasks/{taskId}/approval", """{"approved": true}""", 409) with { BadBody = """{"approved": "yes"}""" },
        Get("/artifacts/{hash}", "?name=a.txt") with { Harmless = NoInput, Unknown = $"/artifacts/{new string('0', 64)}" },
        Get("/metrics", "?recent=2") with { BadPath = "/metrics?recent=101" },
        Get("/metrics/{name}", "?count=1") with { BadPath = "/metrics/rows?bucket=wide", Unknown = "/metrics/nothing" },
        Get("/errors") with { BadPath = "/errors?count=0" },
        Get("/errors/{**file}") with { Harmless = NoInput, Unknown = "/errors/fine.csx" },
        Get("/variables") with { BadPath = "/variables?count=0" },
        Get("/variables/{name}") with { Harmless = NoInput, Unknown = "/variables/nothing" },
        new("PUT /variables/{name}", "/variables/limit") { Body = """{"value": 5}""", BadBody = "5", BadPath = "/variables/%20" },
        new("DELETE /variables/{name}", "/variables/gone") { Status = 204, Harmless = NoInput, Unknown = "/variables/nothing" },
        Get("/pools") with { BadPath = "/pools?count=0" },
        Get("/pools/{name}") with { Harmless = NoInput, Unknown = "/pools/nothing" },
        new("PUT /pools/{name}", "/pools/gpu") { Body = """{"slots": 2}""", BadBody = """{"slots": 0}""", Unknown = "/pools/nothing" },
        Post("/pools/{name}/reset") with { Harmless = NoInput, Unknown = "/pools/nothing/reset" },
        Get("/connection-types") with { Harmless = NoInput },
        Get("/connections", "?count=1") with { BadPath = "/connections?count=0" },
        Get("/connections/{id}") with { Harmless = NoInput, Unknown = "/connections/nothing" },
        new("PUT /connections/{id}", "/connections/shop") { Body = """{"type": "shop", "values": {"url": "http://shop"}}""", BadBody = """{"type": "shop", "values": {"retries": "x"}}""" },
        new("DELETE /connections/{id}", "/connections/gone") { Status = 204, Harmless = NoInput, Unknown = "/connections/nothing" },
        Post("/connections/{id}/test") with { BadBody = """{"type": "shop", "values": []}""", Unknown = "/connections/nothing/test" },
        Get("/session") with { Harmless = NoInput },
        Get("/users", "?count=1") with { BadPath = "/users?count=0" },
        Post("/users", """{"name": "grace", "role": "operator", "password": "correct horse battery"}""", 201) with { BadBody = """{"name": "grace", "role": "queen"}""" },
        Get("/users/{name}") with { Harmless = NoInput, Unknown = "/users/nobody-here" },
        new("PATCH /users/{name}", "/users/eve") { Body = """{"role": "author"}""", BadBody = """{"disabled": "yes"}""", Unknown = "/users/nobody-here" },
        new("DELETE /users/{name}", "/users/gone") { Status = 204, Harmless = NoInput, Unknown = "/users/nobody-here" },
        Post("/users/{name}/link") with { Harmless = NoInput, Unknown = "/users/nobody-here/link" },
        Get("/tokens", "?count=1") with { BadPath = "/tokens?cursor=!" },
        Post("/tokens", """{"name": "fresh"}""", 201) with { BadBody = """{"name": 5}""" },
        new("DELETE /tokens/{id}", "/tokens/1") { Status = 204, Harmless = NoInput, Unknown = "/tokens/999" },
        Get("/audit", "?count=2") with { BadPath = "/audit?count=0" },
    ];

    private static Row Get(string path, string query = "", string dag = "orders") => new($"GET {path}", Good(path, dag) + query) { Unknown = UnknownOf(path) };

    private static Row Post(string path, string? body = null, int status = 200) =>
        new($"POST {path}", Good(path, "orders")) { Body = body, Status = status, Unknown = UnknownOf(path) };

    /// <summary>Endpoints of a DAG or a run: those of none.</summary>
    private static string? UnknownOf(string path) => path.Contains("{dagId}", StringComparison.Ordinal)
        ? Good(path, "nothing")
        : path.Contains("{runId}", StringComparison.Ordinal) ? Good(path, "orders").Replace("{run}", "999999", StringComparison.Ordinal) : null;

    private static string Good(string path, string dag) => path
        .Replace("{dagId}", dag, StringComparison.Ordinal).Replace("{runId}", "{run}", StringComparison.Ordinal)
        .Replace("{taskId}", "load", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal)
        .Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{**file}", "folder/broken.csx", StringComparison.Ordinal)
        .Replace("/metrics/{name}", "/metrics/rows", StringComparison.Ordinal).Replace("/pools/{name}", "/pools/gpu", StringComparison.Ordinal)
        .Replace("/variables/{name}", "/variables/limit", StringComparison.Ordinal).Replace("/connections/{id}", "/connections/shop", StringComparison.Ordinal)
        .Replace("/users/{name}", "/users/eve", StringComparison.Ordinal)
        .Replace("/backfills/{id}", "/backfills/{backfill}", StringComparison.Ordinal).Replace("{hash}", "{artifact}", StringComparison.Ordinal);
}
