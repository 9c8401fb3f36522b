using Microsoft.AspNetCore.Http.Extensions;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>URLs with a query.</summary>
internal static class Query
{
    /// <summary>A path with those values that are not empty.</summary>
    public static string Of(string path, params IEnumerable<(string Name, string Value)> values)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in values)
            if (value.Length > 0) query.Add(name, value);
        return path + query.ToQueryString();
    }
}
