using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Engine.Requests;

namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryTransaction
{
    public ValueTask<StoredConnection?> LockConnectionAsync(string id) => new(State.Connections.GetValueOrDefault(id));

    public ValueTask SaveConnectionAsync(StoredConnection connection)
    {
        State = State with { Connections = State.Connections.SetItem(connection.Id, connection) };
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> RemoveConnectionAsync(string id)
    {
        var wasThere = State.Connections.ContainsKey(id);
        State = State with { Connections = State.Connections.Remove(id) };
        return new(wasThere);
    }

    public ValueTask<string?> LockVariableAsync(string name) =>
        new(State.Variables.TryGetValue(name, out var value) ? value.ToString() : null);

    public ValueTask<KeptAnswer?> TakeKeyAsync(RequestKey key)
    {
        var old = State.Answers.Where(a => a.Value.At < key.At - RequestKey.Kept).Select(a => a.Key);
        var answers = State.Answers.RemoveRange(old);
        if (answers.TryGetValue(key.Key, out var known)) return new(known.Answer);
        State = State with { Answers = answers.Add(key.Key, (key.At, new KeptAnswer(key.Request, ""))) };
        return new((KeptAnswer?)null);
    }

    public ValueTask ReleaseKeyAsync(string key)
    {
        State = State with { Answers = State.Answers.Remove(key) };
        return ValueTask.CompletedTask;
    }

    public ValueTask KeepAnswerAsync(string key, string answer)
    {
        var (at, kept) = State.Answers[key];
        State = State with { Answers = State.Answers.SetItem(key, (at, kept with { Answer = answer })) };
        return ValueTask.CompletedTask;
    }
}
