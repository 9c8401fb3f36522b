using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>Reads what is to be cleared or marked, and collects all that is wrong with it.</summary>
internal sealed class ReworkReader
{
    private static readonly string[] Common =
        ["tasks", "from", "to", "past", "future", "upstream", "downstream", "onlyFailed", "dryRun", "note"];

    private readonly RequestBody _body;
    private readonly TimeZoneInfo _zone;

    private ReworkReader(RequestBody body, TimeZoneInfo zone) => (_body, _zone) = (body, zone);

    /// <summary>What is to be cleared.</summary>
    /// <exception cref="ApiProblem">Something is wrong; all of it is told.</exception>
    public static async Task<ReworkRequest> ClearAsync(HttpContext context, DagModel model, long? runId)
    {
        var reader = await OpenAsync(context, model, "version");
        var request = reader.Request(model.Id, runId, downstream: true) with
        {
            OnNewest = reader.Word("version", "own", "own", "newest") == "newest",
        };
        return reader._body.Checked(request);
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
        var goesOn = reader._body.Flag("continue", whenNone: true);
        return reader._body.Checked((request, state, goesOn));
    }

    /// <summary>A task, or an element of it, as a person names it: <c>id</c> or <c>id[5]</c>.</summary>
    public static TaskPick Pick(string text) =>
        text.EndsWith(']') && text.LastIndexOf('[') is > 0 and var open
        && int.TryParse(text.AsSpan(open + 1, text.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new TaskPick(text[..open], index)
            : new TaskPick(text);

    private static async Task<ReworkReader> OpenAsync(HttpContext context, DagModel model, params string[] own)
    {
        var body = await RequestBody.ReadAsync(context, [.. Common, .. own]);
        return new ReworkReader(body, model.Zone);
    }

    private ReworkRequest Request(string dagId, long? runId, bool downstream)
    {
        var request = new ReworkRequest(dagId)
        {
            RunId = runId,
            From = _body.Time("from", _zone),
            To = _body.Time("to", _zone),
            Past = _body.Flag("past"),
            Future = _body.Flag("future"),
            Selection = new InstanceSelection
            {
                Tasks = [.. _body.Texts("tasks", "tasks must be an array of task ids, elements of mapped tasks as \"id[5]\".").Select(Pick)],
                Upstream = _body.Flag("upstream"),
                Downstream = _body.Flag("downstream", downstream),
                OnlyFailed = _body.Flag("onlyFailed"),
            },
            DryRun = _body.Flag("dryRun"),
            Note = _body.Text("note"),
        };
        if (runId is null && (request.Past || request.Future)) _body.Wrong("past and future go with a run; for all runs of a range give from and to.");
        if (runId is null && (request.From is null || request.To is null)) _body.Wrong("from and to must be given: a range of logical dates.");
        return request;
    }

    private string? Word(string name, string? whenNone, params string[] words)
    {
        if (_body.Given(name) is not { } value)
        {
            if (whenNone is null) _body.Wrong($"{name} must be given: {string.Join(", ", words)}.");
            return whenNone;
        }

        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString())) return value.GetString();
        _body.Wrong($"{value.GetRawText()} for {name} is not {string.Join(", ", words[..^1])} or {words[^1]}.");
        return null;
    }
}
