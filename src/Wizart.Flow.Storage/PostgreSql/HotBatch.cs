using Npgsql;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>The state hot path: everything of a <see cref="StoreWrites"/> in one round trip.</summary>
internal static class HotBatch
{
    /// <returns>The runs that were refused.</returns>
    public static async Task<IReadOnlyList<long>> WriteAsync(NpgsqlConnection connection, StoreWrites writes)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (writes.Runs.Count > 0) batch.BatchCommands.Add(Runs(writes.Runs));
        StreamCommands.AddTo(batch, writes);
        await using var reader = await batch.ExecuteReaderAsync();
        if (writes.Runs.Count == 0) return await DrainAsync(reader, []);

        var moved = new HashSet<long>(writes.Runs.Count);
        while (await reader.ReadAsync()) moved.Add(reader.GetInt64(0));
        return await DrainAsync(
            reader,
            moved.Count == writes.Runs.Count ? [] : [.. writes.Runs.Select(changes => changes.Run.Id).Where(id => !moved.Contains(id))]);
    }

    /// <summary>An error of a later command shows only when its result is asked for.</summary>
    private static async Task<IReadOnlyList<long>> DrainAsync(NpgsqlDataReader reader, IReadOnlyList<long> result)
    {
        while (await reader.NextResultAsync())
        {
        }

        return result;
    }

    private static NpgsqlBatchCommand Runs(List<RunChanges> runs)
    {
        var instances = new List<(RunChanges Changes, TaskInstance Instance)>();
        var attempts = new List<TaskAttempt>();
        var outputs = new List<(long Run, TaskOutput Output)>();
        var deliveries = new List<Delivery>();
        var held = new List<(long Run, HeldSlots Slots)>();
        var freed = new List<(long Run, FreedSlots Slots)>();
        foreach (var changes in runs)
        {
            foreach (var instance in changes.Instances) instances.Add((changes, instance));
            attempts.AddRange(changes.EndedAttempts);
            foreach (var output in changes.Outputs) outputs.Add((changes.Run.Id, output));
            deliveries.AddRange(changes.Deliveries);
            foreach (var one in changes.Held) held.Add((changes.Run.Id, one));
            foreach (var one in changes.Freed) freed.Add((changes.Run.Id, one));
        }

        var command = new NpgsqlBatchCommand(RunStatement.Text(
            locked: runs.Count > 1, instances: instances.Count > 0, attempts: attempts.Count > 0, outputs: outputs.Count > 0,
            deliveries: deliveries.Count > 0, held: held.Count > 0, freed: freed.Count > 0));
        AddRuns(command, runs);
        if (instances.Count > 0) AddInstances(command, instances);
        if (attempts.Count > 0) AddAttempts(command, attempts);
        if (outputs.Count > 0) AddOutputs(command, outputs);
        if (deliveries.Count > 0) AddDeliveries(command, deliveries);
        if (held.Count > 0) AddHeld(command, held);
        if (freed.Count > 0) AddFreed(command, freed);
        return command;
    }

    private static void AddRuns(NpgsqlBatchCommand command, List<RunChanges> runs)
    {
        command.Longs(runs, c => c.Run.Id);
        command.Longs(runs, c => c.ExpectedRevision);
        command.Longs(runs, c => c.Run.Revision);
        command.Texts(runs, c => Words.RunStates[c.Run.State]);
        command.Texts(runs, c => c.Run.Reason);
        command.Times(runs, c => c.Run.StartedAt);
        command.Times(runs, c => c.Run.EndedAt);
        command.Texts(runs, c => c.Run.EndingAs is { } ending ? Words.RunStates[ending] : null);
    }

    private static void AddInstances(NpgsqlBatchCommand command, List<(RunChanges Changes, TaskInstance Instance)> rows)
    {
        command.Longs(rows, r => r.Changes.Run.Id);
        command.Integers(rows, r => r.Instance.TaskIndex);
        command.Integers(rows, r => r.Instance.MapIndex);
        command.Texts(rows, r => r.Changes.Graph.Tasks[r.Instance.TaskIndex].Id);
        command.Texts(rows, r => Words.TaskStates[r.Instance.State]);
        command.Integers(rows, r => r.Instance.Attempt);
        command.Times(rows, r => r.Instance.QueuedAt);
        command.Times(rows, r => r.Instance.StartedAt);
        command.Times(rows, r => r.Instance.EndedAt);
        command.Times(rows, r => r.Instance.RetryAt);
        command.Texts(rows, r => r.Instance.Reason);
        command.Texts(rows, r => r.Instance.Node);
        command.Texts(rows, r => StoredJson.Of(r.Instance.Kept));
        command.LongsOrNull(rows, r => r.Instance.Elements);
        command.Texts(rows, r => r.Instance.Label);
        command.Texts(rows, r => StoredJson.Of(r.Instance.Wait));
        command.Texts(rows, r => r.Instance is { State: TaskState.Deferred, Wait: { } wait } ? Words.WaitKinds[wait.Kind] : null);
        command.Texts(rows, r => StoredJson.Of(InstanceMemo.Of(r.Instance)));
    }

    private static void AddAttempts(NpgsqlBatchCommand command, List<TaskAttempt> rows)
    {
        command.Longs(rows, a => a.RunId);
        command.Integers(rows, a => a.TaskIndex);
        command.Integers(rows, a => a.MapIndex);
        command.Integers(rows, a => a.Number);
        command.Texts(rows, a => Words.Results[a.Result]);
        command.Times(rows, a => a.QueuedAt);
        command.Times(rows, a => a.StartedAt);
        command.Times(rows, a => a.EndedAt);
        command.Texts(rows, a => a.Node);
        command.Texts(rows, a => a.Reason);
        command.Texts(rows, a => StoredJson.Of(a.Error));
    }

    private static void AddOutputs(NpgsqlBatchCommand command, List<(long Run, TaskOutput Output)> rows)
    {
        command.Longs(rows, o => o.Run);
        command.Integers(rows, o => o.Output.TaskIndex);
        command.Integers(rows, o => o.Output.MapIndex);
        command.Bytes(rows, o => o.Output.Value.Json is { } json ? json.Utf8 : (ReadOnlyMemory<byte>?)null);
        command.Texts(rows, o => o.Output.Value.Stored?.Name);
        command.Texts(rows, o => o.Output.Value.Stored?.Hash);
        command.LongsOrNull(rows, o => o.Output.Value.Stored?.Size);
        command.Texts(rows, o => o.Output.Value.Stored?.ContentType);
    }

    private static void AddHeld(NpgsqlBatchCommand command, List<(long Run, HeldSlots Slots)> rows)
    {
        command.Longs(rows, h => h.Run);
        command.Integers(rows, h => h.Slots.TaskIndex);
        command.Integers(rows, h => h.Slots.MapIndex);
        command.Texts(rows, h => h.Slots.Pool);
        command.Integers(rows, h => h.Slots.Slots);
        command.Texts(rows, h => h.Slots.Task);
    }

    private static void AddFreed(NpgsqlBatchCommand command, List<(long Run, FreedSlots Slots)> rows)
    {
        command.Longs(rows, f => f.Run);
        command.Integers(rows, f => f.Slots.TaskIndex);
        command.Integers(rows, f => f.Slots.MapIndex);
    }

    private static void AddDeliveries(NpgsqlBatchCommand command, List<Delivery> rows)
    {
        command.Longs(rows, d => d.RunId);
        command.Texts(rows, d => d.DagId);
        command.Texts(rows, d => Words.CallbackEvents[d.Event]);
        command.Integers(rows, d => d.TaskIndex);
        command.Integers(rows, d => d.MapIndex);
        command.Texts(rows, d => d.TaskId);
        command.Integers(rows, d => d.Attempt);
        command.Texts(rows, d => d.State);
        command.Texts(rows, d => d.Reason);
        command.Texts(rows, d => StoredJson.Of(d.Notifier));
        command.Times(rows, d => d.CreatedAt);
        command.Times(rows, d => d.DueAt);
    }
}
