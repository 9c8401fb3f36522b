using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Execution;
using static Wizart.Flow.Web.QueryWord;

namespace Wizart.Flow.Web;

internal static partial class ApiWords
{
    private static IEnumerable<EndpointWords> Assets =>
    [
        Get<AssetResource[]>("/assets", "ListAssets", "Assets: type and schema, makers, followers, takers, latest update.").With(Of("uri", "This one only.")).Paged(),
        Get<AssetResource>("/assets/{id:long}", "GetAsset", "One asset."),
        Get<AssetEventResource[]>("/assets/{id:long}/events", "ListAssetEvents", "Its updates, newest first.").With(Number("before", "With an id smaller than this.")).Paged("50"),
        Send<UpdateBody, AssetEventResource>("POST", "/assets/{id:long}/events", "UpdateAsset", "Tells of an update.", 201) with { IsBodyOptional = true },
        Send<UpdateAssetRequest, AssetEventResource>("POST", "/assets/events", "UpdateAssetByUri", "Tells of an update of the asset with this uri.", 201),
        Get<AssetEventResource[]>("/runs/{runId}/assets", "ListAssetEventsOfRun", "The updates that started a run.").Paged(),
        Get<WaitingResource[]>("/waiting", "ListWaiting", "What DAGs that follow assets wait for.").Paged(),
        Get<WaitingResource>("/dags/{dagId}/waiting", "GetWaiting", "What this DAG waits for."),
        Send<MarkAssetBody, WaitingResource>("PATCH", "/dags/{dagId}/waiting", "MarkAsset", "Marks an asset as updated for this DAG, or clears it."),
    ];

    private static IEnumerable<EndpointWords> Metrics =>
    [
        Get<MetricResource[]>("/metrics", "ListMetrics", "Metrics: how many points, and the newest.")
            .With(Of("dag", "Those that this DAG told."), Number("recent", "Also so many recent values of the newest point's series, up to 100.")).Paged(),
        Get<MetricSeriesResource>("/metrics/{name}", "GetMetric", "The points of a metric, or with bucket the spans of time they lie in.").With(
            Of("dag", "Of this DAG."), Word<MetricAxis>("by", "Along which time; logical_date by default."), Time("since", "Not before this."), Time("until", "Before this."),
            Word<MetricOrder>("order", "Newest first by default."), Of("tag", "name=value; all that are given must be there.") with { Many = true },
            Of("bucket", "The width of spans, such as 1h; then there are no points."), Number("count", "At most so many, up to 1,000; 100 by default."),
            Of("cursor", "The next of the answer before.")),
    ];

    private static IEnumerable<EndpointWords> Connections =>
    [
        Get<ConnectionTypeResource[]>("/connection-types", "ListConnectionTypes", "The kinds of connections, and what each needs to know: enough for a form."),
        Get<ConnectionResource[]>("/connections", "ListConnections", "Connections, without their secrets.").Paged(),
        Get<ConnectionResource>("/connections/{id}", "GetConnection", "One connection, without its secrets."),
        Send<ConnectionBody, ConnectionResource>("PUT", "/connections/{id}", "SetConnection", "Stores a connection. Secrets that are left out stay; 201 when it is new.").Revised() with
        {
            Or = (201, typeof(ConnectionResource), "application/json"),
        },
        new EndpointWords("DELETE", "/connections/{id}", "RemoveConnection", "Removes a connection.") { Status = 204 }.Revised(),
        Send<ConnectionBody, ConnectionTrialResource>("POST", "/connections/{id}/test", "TryConnection", "Tries a connection from the daemon, as it is stored or, with a body, as it would be. At most 10 s.") with
        {
            IsBodyOptional = true,
        },
    ];

    private static IEnumerable<EndpointWords> House =>
    [
        Get<HealthResource>("/health", "GetHealth", "Whether the daemon answers; needs no token.") with { IsOpen = true },
        Get<SummaryResource>("/summary", "GetSummary", "The house at a glance: DAGs, runs and tasks by state, slots, pools."),
        Get<ImportErrorResource[]>("/errors", "ListImportErrors", "The scripts that could not be taken.").Paged(),
        Get<ImportErrorResource>("/errors/{**file}", "GetImportError", "What is wrong with one script."),
        Get<VariableResource[]>("/variables", "ListVariables", "Stored variables by name, with their values.").Paged("100"),
        Get<VariableResource>("/variables/{name}", "GetVariable", "One variable."),
        Send<VariableBody, VariableResource>("PUT", "/variables/{name}", "SetVariable", "Stores a variable.").Revised(),
        new EndpointWords("DELETE", "/variables/{name}", "RemoveVariable", "Removes a variable; scripts see their default again.") { Status = 204 }.Revised(),
        Get<PoolResource[]>("/pools", "ListPools", "Pools: slots, taken, waiting, and who holds them.").Paged(),
        Get<PoolResource>("/pools/{name}", "GetPool", "One pool."),
        Send<PoolBody, PoolResource>("PUT", "/pools/{name}", "SetPool", "Gives a pool another number of slots, which counts until it is reset."),
        Do<PoolResource>("/pools/{name}/reset", "ResetPool", "What the scripts say counts again."),
        Get<AuditResource[]>("/audit", "ListAudit", "Who changed what, and from where, newest first.").With(
            Of("actor", "By this user or token."), Of("action", "Of this action."), Of("target", "On this, and on what belongs to it."), Time("from", "Not before this."),
            Time("to", "Before this."), Number("before", "With an id smaller than this.")).Paged("100"),
        Get<object>("/openapi.json", "GetOpenApi", "This document."),
    ];
}

/// <summary>What tells of an update of an asset that the path names.</summary>
/// <param name="Value">Its value; left out for an asset that has none.</param>
/// <param name="Extra">What is said with it.</param>
public sealed record UpdateBody(JsonPayload? Value = null, JsonPayload? Extra = null);

/// <summary>What marks an asset for a DAG.</summary>
/// <param name="Uri">The asset.</param>
/// <param name="Updated">Whether it counts as updated.</param>
public sealed record MarkAssetBody(string Uri, bool Updated);

/// <summary>What stores a variable.</summary>
/// <param name="Value">Any JSON.</param>
public sealed record VariableBody(JsonPayload Value);

/// <summary>What gives a pool slots.</summary>
/// <param name="Slots">How many.</param>
public sealed record PoolBody(int Slots);
