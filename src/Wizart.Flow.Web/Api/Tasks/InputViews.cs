using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>What a task instance is given, as people see it. Secrets of connections are never shown.</summary>
internal sealed class InputViews(IFlowStore store, IFlowQueries queries, ConnectionCommands connections)
{
    private const int LongestShown = 64 * 1024;
    private const int Beginning = 2_000;

    public async Task<InputResource[]> OfAsync(DagRun run, DagModel model, TaskModel task, TaskInstanceView? view, CancellationToken cancellation)
    {
        var inputs = new List<InputResource>(task.Inputs.Count);
        foreach (var input in task.Inputs) inputs.Add(await OfAsync(run, model, task, view, input, cancellation));
        return [.. inputs];
    }

    private async Task<InputResource> OfAsync(
        DagRun run, DagModel model, TaskModel task, TaskInstanceView? view, InputModel input, CancellationToken cancellation)
    {
        switch (input.Kind)
        {
            case InputKind.Output:
                return await OutputAsync(run, model, task, view, input, cancellation);
            case InputKind.MappedOutput:
                return Said(input, "The outputs of all elements, as a list; see each element's output.");
            case InputKind.Element:
                return await ElementAsync(run, model, task, view, input, cancellation);
            case InputKind.Param:
                var given = run.Params.TryGetValue(input.Name, out var set);
                return Shown(input, given ? new TaskValue(set, null) : Default(input), given ? null : "its default", asItWas: true);
            case InputKind.Variable:
                var stored = await store.LoadVariablesAsync([input.Name], cancellation);
                return stored.TryGetValue(input.Name, out var value)
                    ? Shown(input, new TaskValue(value, null), "as it is now", asItWas: false)
                    : Shown(input, Default(input), "not stored: its default", asItWas: false);
            case InputKind.Connection:
                return await ConnectionAsync(input, cancellation);
            case InputKind.Interval:
                return Shown(input, Json(w => WriteInterval(w, run)), null, asItWas: true);
            case InputKind.LogicalDate:
                return Shown(input, Json(w => w.WriteStringValue(Local(run.LogicalDate, model))), null, asItWas: true);
            case InputKind.Asset:
                return await AssetAsync(input, cancellation);
            case InputKind.AssetEvents:
                return Said(input, "The updates that started the run; see the run's assets.");
            case InputKind.Trend:
                return Said(input, "Earlier values of the metric; see its points.");
            default:
                return Said(input, null) with { AsItWas = true };
        }
    }

    private async Task<InputResource> OutputAsync(
        DagRun run, DagModel model, TaskModel task, TaskInstanceView? view, InputModel input, CancellationToken cancellation)
    {
        if (model.Tasks.FirstOrDefault(t => t.Id == input.Name) is not { } source) return Said(input, $"There is no task '{input.Name}' in this version.");
        var mapIndex = source.Group is not null && source.Group == task.Group && view?.Instance.MapIndex >= 0 ? view.Instance.MapIndex : -1;
        var value = await queries.OutputAsync(run.Id, source.Index, mapIndex, cancellation)
            ?? (mapIndex < 0 ? null : await queries.OutputAsync(run.Id, source.Index, -1, cancellation));
        if (value is null) return Said(input, $"Task '{input.Name}' has given nothing yet.");
        var made = await queries.TaskAsync(run.Id, source.Index, mapIndex, cancellation);
        var isLater = view?.Instance.StartedAt is { } started && made?.Instance.EndedAt > started;
        return Shown(input, value, isLater ? $"'{input.Name}' was run again since" : null, !isLater);
    }

    private async Task<InputResource> ElementAsync(
        DagRun run, DagModel model, TaskModel task, TaskInstanceView? view, InputModel input, CancellationToken cancellation)
    {
        if (view?.Instance.MapIndex is not >= 0) return Said(input, "Each element has its own.");
        var index = view.Instance.MapIndex;
        if (task.ForEach is not { } list || model.Tasks.FirstOrDefault(t => t.Id == list.Name) is not { } source) return Said(input, view.Instance.Label);
        if (list.Kind == InputKind.MappedOutput)
            return await queries.OutputAsync(run.Id, source.Index, index, cancellation) is { } own ? Shown(input, own, view.Instance.Label, asItWas: true) : Said(input, view.Instance.Label);
        if (await queries.OutputAsync(run.Id, source.Index, -1, cancellation) is not { Json: { } json }) return Said(input, view.Instance.Label);
        using var document = JsonDocument.Parse(json.Utf8);
        return document.RootElement.ValueKind == JsonValueKind.Array && index < document.RootElement.GetArrayLength()
            ? Shown(input, new TaskValue(JsonPayload.Parse(document.RootElement[index].GetRawText()), null), view.Instance.Label, asItWas: true)
            : Said(input, view.Instance.Label);
    }

    private async Task<InputResource> ConnectionAsync(InputModel input, CancellationToken cancellation)
    {
        var known = (await connections.AllAsync(cancellation)).FirstOrDefault(c => c.Id == input.Name);
        if (known is null) return Said(input, $"There is no connection '{input.Name}'.");
        if (known.Settings is not { } settings) return Said(input, known.Problem);
        var kind = connections.KindOf(known.Type);
        return Shown(input, Json(writer => Write(writer, settings, kind)), $"{known.Type}, as it is now", asItWas: false);
    }

    private async Task<InputResource> AssetAsync(InputModel input, CancellationToken cancellation)
    {
        return await store.AssetsAsync([input.Name], cancellation) is [{ Latest: { } latest }, ..]
            ? Shown(input, latest.Value, $"update {latest.Id}, the latest now", asItWas: false)
            : Said(input, "The asset was not updated yet.");
    }

    private static void Write(Utf8JsonWriter writer, ConnectionSettings settings, ConnectionKind? kind)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in settings.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
            writer.WriteString(name, ConnectionText.Shown(name, value, kind));
        writer.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter writer, DagRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("start", run.Interval.Start);
        writer.WriteString("end", run.Interval.End);
        writer.WriteEndObject();
    }

    private static TaskValue? Default(InputModel input) =>
        input.Default is { ValueKind: not JsonValueKind.Undefined } value ? new TaskValue(JsonPayload.Parse(value.GetRawText()), null) : null;

    private static DateTimeOffset Local(DateTimeOffset time, DagModel model) => TimeZoneInfo.ConvertTime(time, model.Zone);

    private static TaskValue Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return new TaskValue(new JsonPayload(buffer.ToArray()), null);
    }

    private static InputResource Said(InputModel input, string? note) => new(input.Kind, input.Name, input.Type.ToString(), null, null, null, note, AsItWas: false);

    private static InputResource Shown(InputModel input, TaskValue? value, string? note, bool asItWas)
    {
        var shown = new InputResource(input.Kind, input.Name, input.Type.ToString(), value?.Json, null, value?.Stored, note, asItWas);
        return shown.Value is { Utf8.Length: > LongestShown } large ? shown with { Value = null, Cut = TaskViews.Beginning(large, Beginning) } : shown;
    }
}
