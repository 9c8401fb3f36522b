using System.Text.Json;
using Wizart.Flow.Engine.Simulations;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web;

/// <summary>Reads spans of time of a simulation's body, and notes what is wrong with them.</summary>
internal sealed class SimulationSpans(RequestBody body)
{
    private const int Most = 100;

    /// <summary><c>"downtimes": [{"from": …, "to": …}]</c>.</summary>
    public IReadOnlyList<SimulatedSpan> Downtimes() => [.. Items("downtimes").Select(item => Span("downtimes", item)).OfType<SimulatedSpan>()];

    /// <summary><c>"pauses": [{"dag": …, "from": …, "to": …}]</c>.</summary>
    public IReadOnlyList<(string DagId, SimulatedSpan Span)> Pauses()
    {
        var pauses = new List<(string, SimulatedSpan)>();
        foreach (var item in Items("pauses"))
        {
            var span = Span("pauses", item);
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("dag", out var dag) && dag.ValueKind == JsonValueKind.String)
            {
                if (span is { } known) pauses.Add((dag.GetString()!, known));
            }
            else
            {
                body.Wrong("Each of pauses must name its DAG: {\"dag\": \"orders\", \"from\": …, \"to\": …}.");
            }
        }

        return pauses;
    }

    private IEnumerable<JsonElement> Items(string name)
    {
        if (body.Given(name) is not { } list) return [];
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= Most) return list.EnumerateArray();
        body.Wrong($"{name} must be a list of at most {Most} spans: [{{\"from\": …, \"to\": …}}].");
        return [];
    }

    private SimulatedSpan? Span(string name, JsonElement item)
    {
        if (Time(item, "from") is { } from && Time(item, "to") is { } to) return new SimulatedSpan(from, to);
        body.Wrong($"Each of {name} must be a span of time: {{\"from\": \"2026-11-01T06:00:00Z\", \"to\": …}}.");
        return null;
    }

    private static DateTimeOffset? Time(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.String
            ? DateText.Read(time.GetString()!, TimeZoneInfo.Utc)
            : null;
}
