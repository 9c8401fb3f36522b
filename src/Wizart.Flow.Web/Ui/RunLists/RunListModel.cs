using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Values;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.RunLists;

/// <summary>A list of runs.</summary>
/// <param name="Query">What is asked for.</param>
/// <param name="Head">The DAG whose runs these are; null for all DAGs'.</param>
/// <param name="Runs">The runs of this page.</param>
/// <param name="Next">The id before which the next page ends; null when there is none.</param>
/// <param name="Mistake">What is wrong with the query.</param>
public sealed record RunListModel(RunListQuery Query, DagHead? Head, IReadOnlyList<DagRun> Runs, long? Next, string? Mistake);

/// <summary>What is asked of a list of runs; the same as its URL.</summary>
public sealed record RunListQuery
{
    /// <summary>Of this DAG only; empty for all.</summary>
    public string Dag { get; init; } = "";

    /// <summary>Whether the DAG is part of the path.</summary>
    public bool IsOfDag { get; init; }

    /// <summary>In this state only.</summary>
    public RunState? State { get; init; }

    /// <summary>Of this kind only.</summary>
    public RunKind? Kind { get; init; }

    /// <summary>The first date, as it was written.</summary>
    public string From { get; init; } = "";

    /// <summary>The last date, itself included, as it was written.</summary>
    public string To { get; init; } = "";

    /// <summary>Older than this run.</summary>
    public long? Before { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsNarrow => State is not null || Kind is not null || From.Length + To.Length > 0 || (!IsOfDag && Dag.Length > 0);

    /// <summary>Reads it from a URL; what makes no sense there is left out.</summary>
    public static RunListQuery Of(IQueryCollection query, string? dag) => new()
    {
        Dag = dag ?? query["dag"].ToString().Trim(),
        IsOfDag = dag is not null,
        State = SnakeCaseEnums.Read<RunState>(query["state"].ToString()),
        Kind = SnakeCaseEnums.Read<RunKind>(query["kind"].ToString()),
        From = query["from"].ToString(),
        To = query["to"].ToString(),
        Before = RunPath.Id(query["before"].ToString()),
    };

    /// <summary>The path without the query, from the base on.</summary>
    public string Path => IsOfDag ? $"dags/{Dag}/runs" : "runs";

    /// <summary>Its URL, from the base on.</summary>
    public string Url()
    {
        var query = new QueryBuilder();
        if (!IsOfDag && Dag.Length > 0) query.Add("dag", Dag);
        if (State is { } state) query.Add("state", SnakeCaseEnums.Word(state));
        if (Kind is { } kind) query.Add("kind", SnakeCaseEnums.Word(kind));
        if (From.Length > 0) query.Add("from", From);
        if (To.Length > 0) query.Add("to", To);
        if (Before is { } before) query.Add("before", before.ToString(CultureInfo.InvariantCulture));
        return Path + query.ToQueryString();
    }

    /// <summary>Which runs those are, whatever page is looked at.</summary>
    /// <param name="zone">Of the dates.</param>
    /// <param name="count">At most.</param>
    /// <param name="mistake">What is wrong with the dates; null when nothing is.</param>
    public RunFilter Filter(TimeZoneInfo zone, int count, out string? mistake)
    {
        mistake = Span(zone, out var from, out var to);
        return new RunFilter(Dag.Length > 0 ? Dag : null, State, Before, count, from, to) { Kinds = Kind is { } kind ? [kind] : [] };
    }

    /// <summary>The span of logical dates; the end is not in it.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Span(TimeZoneInfo zone, out DateTimeOffset? from, out DateTimeOffset? to)
    {
        from = From.Length > 0 ? DateText.Read(From, zone) : null;
        to = To.Length > 0 ? DateText.Read(To, zone) : null;
        if (From.Length > 0 && from is null) return $"'{From}' is not a date.";
        if (To.Length > 0 && to is null) return $"'{To}' is not a date.";
        if (to is { } last && !To.Contains('T', StringComparison.Ordinal)) to = last.AddDays(1);
        return null;
    }
}
