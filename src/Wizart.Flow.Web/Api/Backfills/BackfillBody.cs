using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>Reads what is asked of a backfill, and collects all that is wrong with it.</summary>
internal static class BackfillBody
{
    /// <summary>The request, and whether it is a dry run.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public static async Task<(BackfillRequest Request, bool DryRun)> ReadAsync(HttpContext context, DagModel model)
    {
        var body = await RequestBody.ReadAsync(context, "from", "to", "reprocess", "maxActive", "backwards", "params", "tasks", "dryRun");
        var request = new BackfillRequest(model.Id, Time(body, "from", model.Zone), Time(body, "to", model.Zone))
        {
            Reprocess = Reprocess(body),
            MaxActive = body.Given("maxActive") is null ? Backfill.DefaultMaxActive : body.Integer("maxActive"),
            Backwards = body.Flag("backwards"),
            // Of a name that is given twice, the first counts.
            Params = body.Properties("params").DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value),
            Tasks = body.Texts("tasks", "tasks must be a list of ids of tasks or groups: [\"load\"]."),
        };
        return body.Checked((request, body.Flag("dryRun")));
    }

    private static DateTimeOffset Time(RequestBody body, string name, TimeZoneInfo zone)
    {
        if (body.Given(name) is null) body.Wrong($"{name} must be given: a time such as \"2026-11-01\" (ISO 8601).");
        return body.Time(name, zone) ?? default;
    }

    private static Reprocess Reprocess(RequestBody body)
    {
        if (body.Given("reprocess") is not { } value) return Engine.Backfills.Reprocess.None;
        var word = value.ValueKind == System.Text.Json.JsonValueKind.String ? SnakeCaseEnums.Read<Reprocess>(value.GetString()!) : null;
        if (word is null) body.Wrong($"{value.GetRawText()} for reprocess is not \"none\", \"failed\" or \"all\".");
        return word ?? default;
    }
}
