using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Web.Access;

/// <summary>What a query asks of the audit log.</summary>
internal static class AuditQuery
{
    /// <summary>Reads <c>before</c>, <c>actor</c>, <c>action</c>, <c>target</c>, <c>from</c>, <c>to</c>, <c>cursor</c> and <c>count</c>; an empty one is none.</summary>
    /// <exception cref="ApiProblem">Some make no sense.</exception>
    public static AuditFilter Read(IQueryCollection given, int count)
    {
        var query = new QueryReader(new QueryCollection(
            given.Where(q => !string.IsNullOrEmpty(q.Value)).ToDictionary(q => q.Key, q => q.Value, StringComparer.OrdinalIgnoreCase)));
        var filter = new AuditFilter(
            query.Before(), query.Text("actor"), query.Text("action"), query.Text("target"),
            query.Time("from"), query.Time("to"), query.Count(count));
        query.Check();
        return filter;
    }
}
