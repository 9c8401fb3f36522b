using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web;

/// <summary>Reads what is asked of a backfill, and collects all that is wrong with it.</summary>
internal sealed class BackfillBody
{
    private readonly Dictionary<string, JsonElement> _body;
    private readonly TimeZoneInfo _zone;
    private readonly List<string> _mistakes = [];

    private BackfillBody(Dictionary<string, JsonElement> body, TimeZoneInfo zone) => (_body, _zone) = (body, zone);

    /// <summary>The request, and whether it is a dry run.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public static async Task<(BackfillRequest Request, bool DryRun)> ReadAsync(HttpContext context, DagModel model)
    {
        var body = await BodyReader.ReadAsync(context, "from", "to", "reprocess", "maxActive", "backwards", "params", "tasks", "dryRun");
        return new BackfillBody(body, model.Zone).Read(model.Id);
    }

    private (BackfillRequest, bool) Read(string dagId)
    {
        var (from, to) = (Time("from"), Time("to"));
        var request = new BackfillRequest(dagId, from, to)
        {
            Reprocess = Reprocess(),
            MaxActive = Given("maxActive") is { } most ? Integer(most) : Backfill.DefaultMaxActive,
            Backwards = Flag("backwards"),
            Params = Params(),
            Tasks = Tasks(),
        };
        var isDry = Flag("dryRun");
        return _mistakes.Count == 0 ? (request, isDry) : throw ApiProblem.Invalid(_mistakes);
    }

    private JsonElement? Given(string name) =>
        _body.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private DateTimeOffset Time(string name)
    {
        if (Given(name) is not { } value) return Mistake<DateTimeOffset>($"{name} must be given: a time such as \"2026-11-01\" (ISO 8601).");
        var time = value.ValueKind == JsonValueKind.String ? DateText.Read(value.GetString()!, _zone) : null;
        return time ?? Mistake<DateTimeOffset>($"{value.GetRawText()} for {name} is not a time such as \"2026-11-01\" or \"2026-11-01T06:00:00Z\" (ISO 8601).");
    }

    private Reprocess Reprocess()
    {
        if (Given("reprocess") is not { } value) return Engine.Backfills.Reprocess.None;
        var word = value.ValueKind == JsonValueKind.String ? SnakeCaseEnums.Read<Reprocess>(value.GetString()!) : null;
        return word ?? Mistake<Reprocess>($"{value.GetRawText()} for reprocess is not \"none\", \"failed\" or \"all\".");
    }

    private int Integer(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
        ? number
        : Mistake<int>($"{value.GetRawText()} for maxActive is not a whole number.");

    private bool Flag(string name) => Given(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => Mistake<bool>($"{value.GetRawText()} for {name} is not true or false."),
    };

    private Dictionary<string, JsonElement> Params()
    {
        if (Given("params") is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value);
        _mistakes.Add("params must be a JSON object: {\"name\": value}.");
        return [];
    }

    private string[] Tasks()
    {
        if (Given("tasks") is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(id => id.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(id => id.GetString()!)];
        _mistakes.Add("tasks must be a list of ids of tasks or groups: [\"load\"].");
        return [];
    }

    private T Mistake<T>(string message)
        where T : struct
    {
        _mistakes.Add(message);
        return default;
    }
}
