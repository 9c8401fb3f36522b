using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Web;

/// <summary>Reads what is to be cleared or marked, and collects all that is wrong with it.</summary>
internal sealed class ReworkReader
{
    private static readonly string[] Common =
        ["tasks", "from", "to", "past", "future", "upstream", "downstream", "onlyFailed", "dryRun", "note"];

    private readonly Dictionary<string, JsonElement> _body;
    private readonly TimeZoneInfo _zone;
    private readonly List<string> _mistakes = [];

    private ReworkReader(Dictionary<string, JsonElement> body, TimeZoneInfo zone) => (_body, _zone) = (body, zone);

    /// <summary>What is to be cleared.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public static async Task<ReworkRequest> ClearAsync(HttpContext context, DagModel model, long? runId)
    {
        var reader = await OpenAsync(context, model, "version");
        var request = reader.Request(model.Id, runId, downstream: true) with
        {
            OnNewest = reader.Word("version", "own", "own", "newest") == "newest",
        };
        return reader.Checked(request);
    }

    /// <summary>What is to be marked, as what, and whether what comes after it goes on.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public static async Task<(ReworkRequest Request, TaskState State, bool GoesOn)> MarkAsync(HttpContext context, DagModel model, long? runId)
    {
        var reader = await OpenAsync(context, model, "as", "continue");
        var request = reader.Request(model.Id, runId, downstream: false);
        var state = reader.Word("as", null, "success", "failed", "skipped") switch
        {
            "success" => TaskState.Success,
            "skipped" => TaskState.Skipped,
            _ => TaskState.Failed,
        };
        var goesOn = reader.Flag("continue", whenNone: true);
        return (reader.Checked(request), state, goesOn);
    }

    /// <summary>A task, or an element of it, as a person names it: <c>id</c> or <c>id[5]</c>.</summary>
    public static TaskPick Pick(string text) =>
        text.EndsWith(']') && text.LastIndexOf('[') is > 0 and var open
        && int.TryParse(text.AsSpan(open + 1, text.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new TaskPick(text[..open], index)
            : new TaskPick(text);

    private static async Task<ReworkReader> OpenAsync(HttpContext context, DagModel model, params string[] own)
    {
        var body = await BodyReader.ReadAsync(context, [.. Common, .. own]);
        return new ReworkReader(body, model.Zone);
    }

    private ReworkRequest Request(string dagId, long? runId, bool downstream)
    {
        var request = new ReworkRequest(dagId)
        {
            RunId = runId,
            From = Time("from"),
            To = Time("to"),
            Past = Flag("past"),
            Future = Flag("future"),
            Selection = new InstanceSelection
            {
                Tasks = Tasks(),
                Upstream = Flag("upstream"),
                Downstream = Flag("downstream", downstream),
                OnlyFailed = Flag("onlyFailed"),
            },
            DryRun = Flag("dryRun"),
            Note = Text("note"),
        };
        if (runId is null && (request.Past || request.Future)) _mistakes.Add("past and future go with a run; for all runs of a range give from and to.");
        if (runId is null && (request.From is null || request.To is null)) _mistakes.Add("from and to must be given: a range of logical dates.");
        return request;
    }

    private T Checked<T>(T request) => _mistakes.Count == 0 ? request : throw ApiProblem.Invalid(_mistakes);

    private JsonElement? Given(string name) =>
        _body.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private IReadOnlyList<TaskPick> Tasks()
    {
        if (Given("tasks") is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(task => task.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(task => Pick(task.GetString()!))];
        _mistakes.Add("tasks must be an array of task ids, elements of mapped tasks as \"id[5]\".");
        return [];
    }

    private DateTimeOffset? Time(string name)
    {
        if (Given(name) is not { } value) return null;
        var time = value.ValueKind == JsonValueKind.String ? DateText.Read(value.GetString()!, _zone) : null;
        if (time is null) _mistakes.Add($"{value.GetRawText()} for {name} is not a time such as \"2026-11-01\" or \"2026-11-01T06:00:00Z\" (ISO 8601).");
        return time;
    }

    private string? Text(string name)
    {
        if (Given(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        _mistakes.Add($"{value.GetRawText()} for {name} is not a text.");
        return null;
    }

    private string? Word(string name, string? whenNone, params string[] words)
    {
        if (Given(name) is not { } value)
        {
            if (whenNone is null) _mistakes.Add($"{name} must be given: {string.Join(", ", words)}.");
            return whenNone;
        }

        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString())) return value.GetString();
        _mistakes.Add($"{value.GetRawText()} for {name} is not {string.Join(", ", words[..^1])} or {words[^1]}.");
        return null;
    }

    private bool Flag(string name, bool whenNone = false)
    {
        switch (Given(name))
        {
            case null: return whenNone;
            case { ValueKind: JsonValueKind.True }: return true;
            case { ValueKind: JsonValueKind.False }: return false;
            case { } value:
                _mistakes.Add($"{value.GetRawText()} for {name} is not true or false.");
                return whenNone;
        }
    }
}
