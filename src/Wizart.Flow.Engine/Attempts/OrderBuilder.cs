using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>Makes the order of an attempt: reads the outputs, variables and connections that its task declared, and no others.</summary>
public sealed class OrderBuilder(IFlowStore store, ISecretStore secrets)
{
    private static readonly Dictionary<string, JsonPayload> NoValues = [];

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
            MaxAttempts = task.Retry.Count + 1,
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
            Variables = await VariablesAsync(task, cancellation),
            Connections = await ConnectionsAsync(task, cancellation),
        };
    }

    private async ValueTask<IReadOnlyDictionary<string, TaskValue>> OutputsAsync(ClaimedAttempt attempt, CancellationToken cancellation)
    {
        var outputs = new Dictionary<string, TaskValue>();
        List<int>? unknown = null;
        foreach (var upstream in attempt.Task.Upstream)
        {
            var id = attempt.Version.Model.Tasks[upstream].Id;
            if (!attempt.Task.Inputs.Any(i => i.Kind == InputKind.Output && i.Name == id)) continue;
            if (attempt.KnownOutputs.TryGetValue(upstream, out var value)) outputs[id] = value;
            else (unknown ??= []).Add(upstream);
        }

        if (unknown is null) return outputs;
        foreach (var (index, value) in await store.LoadOutputsAsync(attempt.Run.Id, unknown, cancellation))
            outputs[attempt.Version.Model.Tasks[index].Id] = value;
        return outputs;
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
