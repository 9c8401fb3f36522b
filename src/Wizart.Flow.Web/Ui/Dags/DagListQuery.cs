using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Wizart.Flow.Web.Ui.Dags;

/// <summary>What is asked of the list of DAGs; the same as its URL.</summary>
public sealed record DagListQuery
{
    /// <summary>A part of the id, description or owner.</summary>
    public string Text { get; init; } = "";

    /// <summary><c>running</c>, <c>failed</c>, <c>success</c>, <c>paused</c>, <c>broken</c>; empty for all.</summary>
    public string State { get; init; } = "";

    /// <summary>With this tag; empty for any.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Of this owner; empty for any.</summary>
    public string Owner { get; init; } = "";

    /// <summary><c>name</c>, <c>last</c>, <c>next</c>, or <c>duration</c>.</summary>
    public string Sort { get; init; } = "name";

    /// <summary>From one.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether anything is filtered.</summary>
    public bool IsNarrow => Text.Length + State.Length + Tag.Length + Owner.Length > 0;

    /// <summary>Reads it from a URL; what makes no sense there is left out.</summary>
    public static DagListQuery Of(IQueryCollection query) => new()
    {
        Text = query["text"].ToString().Trim(),
        State = query["state"].ToString(),
        Tag = query["tag"].ToString(),
        Owner = query["owner"].ToString(),
        Sort = query["sort"].ToString() is { Length: > 0 } sort ? sort : "name",
        Page = int.TryParse(query["page"], out var page) && page is > 0 and < 100_000 ? page : 1,
    };

    /// <summary>Its URL, from the base on.</summary>
    public string Url()
    {
        var query = new QueryBuilder();
        Add("text", Text, "");
        Add("state", State, "");
        Add("tag", Tag, "");
        Add("owner", Owner, "");
        Add("sort", Sort, "name");
        if (Page > 1) query.Add("page", Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return "dags" + query.ToQueryString();

        void Add(string name, string value, string whenNone)
        {
            if (value != whenNone) query.Add(name, value);
        }
    }
}
