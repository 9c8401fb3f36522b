using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>Makes the order of an attempt: reads the outputs, variables and connections that its task declared, and no others.</summary>
public sealed partial class OrderBuilder(IFlowStore store, ISecretStore secrets, ElementLists lists, Func<string, string> makersOf, IMetricReads metrics)
{
    private static readonly Dictionary<string, JsonPayload> NoValues = [];
    private static readonly Dictionary<string, IReadOnlyList<TaskValue>> NoLists = [];

    /// <summary>The order.</summary>
    public async ValueTask<AttemptOrder> BuildAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        var (run, task) = (attempt.Run, attempt.Task);
        var order = new AttemptOrder
        {
            RunId = run.Id,
            DagId = run.DagId,
            TaskId = task.Id,
            TaskIndex = task.Index,
            MapIndex = attempt.MapIndex,
            Attempt = attempt.Number,
            MaxAttempts = attempt.AttemptsBefore + task.Retry.Count + 1,
            Image = new ImageReference(attempt.Version.ImageHash, attempt.Version.ImageDirectory),
            RunKind = run.Kind,
            IntervalStart = run.Interval.Start,
            IntervalEnd = run.Interval.End,
            Timeout = task.Timeout,
        };
        if (run.Params.Count > 0) order = order with { Params = run.Params };
        if (attempt.Kept is { } kept) order = order with { State = kept };
        if (task.Inputs.Count == 0) return order;

        return order with
        {
            Outputs = await OutputsAsync(attempt, cancellation),
            MappedOutputs = await MappedOutputsAsync(attempt, cancellation),
            Element = await ElementAsync(attempt, cancellation),
            Variables = await VariablesAsync(task, cancellation),
            Connections = await ConnectionsAsync(task, cancellation),
            Assets = await AssetsAsync(task, cancellation),
            AssetEvents = await AssetEventsAsync(attempt, cancellation),
            Trends = await TrendsAsync(attempt, cancellation),
        };
    }

    /// <summary>How many lines of its log are stored.</summary>
    public ValueTask<int> LogLinesAsync(AttemptKey key, CancellationToken cancellation) => store.LogLinesAsync(key, cancellation);

    private async ValueTask<IReadOnlyDictionary<string, TaskValue>> OutputsAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        var outputs = new Dictionary<string, TaskValue>();
        List<int>? unknown = null;
        foreach (var upstream in attempt.Task.Upstream)
        {
            var id = attempt.Version.Model.Tasks[upstream].Id;
            if (!attempt.Task.Inputs.Any(i => i.Kind == InputKind.Output && i.Name == id)) continue;
            if (attempt.KnownOutputs.TryGetValue(upstream, out var value)) outputs[id] = value;
            else if (!attempt.PerElement.Contains(upstream)) (unknown ??= []).Add(upstream);
            else if (await OutputOfElementAsync(attempt, upstream, cancellation) is { } same) outputs[id] = same;
        }

        if (unknown is null) return outputs;
        foreach (var (index, value) in await store.LoadOutputsAsync(attempt.Run.Id, unknown, cancellation))
            outputs[attempt.Version.Model.Tasks[index].Id] = value;
        return outputs;
    }

    private async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<TaskValue>>> MappedOutputsAsync(
        ClaimedAttempt attempt, CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<TaskValue>>? found = null;
        foreach (var input in attempt.Task.Inputs)
        {
            if (input.Kind != InputKind.MappedOutput || found?.ContainsKey(input.Name) == true) continue;
            var outputs = await store.LoadMappedOutputsAsync(attempt.Run.Id, IndexOf(attempt, input.Name), null, cancellation);
            (found ??= [])[input.Name] = [.. outputs.Select(output => output.Value)];
        }

        return found ?? NoLists;
    }

    private async ValueTask<TaskValue?> ElementAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        if (attempt.Task.ForEach is not { Kind: InputKind.Output or InputKind.MappedOutput } list) return null;
        var source = IndexOf(attempt, list.Name);
        if (list.Kind == InputKind.Output) return await lists.ElementAsync(attempt.Run.Id, source, attempt.ListAttempt, attempt.MapIndex, cancellation);
        if (attempt.KnownElement is { } known) return known;
        return await OutputOfElementAsync(attempt, source, cancellation);
    }

    private async ValueTask<TaskValue?> OutputOfElementAsync(ClaimedAttempt attempt, int task, CancellationToken cancellation) =>
        (await store.LoadMappedOutputsAsync(attempt.Run.Id, task, attempt.MapIndex, cancellation)) is [var output] ? output.Value : null;

    private static int IndexOf(ClaimedAttempt attempt, string taskId)
    {
        foreach (var upstream in attempt.Task.Upstream)
            if (attempt.Version.Model.Tasks[upstream].Id == taskId) return upstream;

        // In a mapped group only the first tasks wait for the list itself; the others come after these.
        foreach (var task in attempt.Version.Model.Tasks)
            if (task.Id == taskId && attempt.Task.Group is not null) return task.Index;
        throw new InvalidOperationException($"Task '{attempt.Task.Id}' takes the output of '{taskId}' but does not wait for it.");
    }

    private async ValueTask<IReadOnlyDictionary<string, JsonPayload>> VariablesAsync(TaskModel task, CancellationToken cancellation)
    {
        var names = task.Inputs.Where(i => i.Kind == InputKind.Variable).Select(i => i.Name).ToArray();
        return names.Length == 0 ? NoValues : await store.LoadVariablesAsync(names, cancellation);
    }

    private async ValueTask<IReadOnlyDictionary<string, ConnectionSettings>> ConnectionsAsync(TaskModel task, CancellationToken cancellation)
    {
        var found = new Dictionary<string, ConnectionSettings>();
        foreach (var input in task.Inputs)
        {
            if (input.Kind != InputKind.Connection || found.ContainsKey(input.Name)) continue;
            if (await secrets.FindConnectionAsync(input.Name, cancellation) is { } settings) found[input.Name] = settings;
        }

        return found;
    }
}
