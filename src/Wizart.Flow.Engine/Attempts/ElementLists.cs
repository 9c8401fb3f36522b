using System.Text.Json;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>
/// Lists that tasks are mapped over, cut into their elements once: an instance is given its own element, not the whole
/// list a hundred thousand times.
/// </summary>
public sealed class ElementLists(IFlowStore store, Func<string, Stream?> openArtifact)
{
    private const int Most = 32;
    private readonly Lock _gate = new();
    private readonly LinkedList<CutList> _recent = new();

    /// <summary>One element of the output of a task; null when the output has no such element, or is not there.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="taskIndex">The task that made the list.</param>
    /// <param name="attempt">The attempt of it that did; after a clear, a later one makes another list.</param>
    /// <param name="index">The element.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<TaskValue?> ElementAsync(long runId, int taskIndex, int attempt, int index, CancellationToken cancellation)
    {
        var list = Find(runId, taskIndex, attempt) ?? Keep(await LoadAsync(runId, taskIndex, attempt, cancellation));
        return index < list.Elements.Count ? new TaskValue(new JsonPayload(list.Json[list.Elements[index]]), null) : null;
    }

    private CutList? Find(long runId, int taskIndex, int attempt)
    {
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.RunId != runId || node.Value.TaskIndex != taskIndex || node.Value.Attempt != attempt) continue;
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value;
            }

            return null;
        }
    }

    private CutList Keep(CutList list)
    {
        lock (_gate)
        {
            _recent.AddFirst(list);
            if (_recent.Count > Most) _recent.RemoveLast();
            return list;
        }
    }

    private async Task<CutList> LoadAsync(long runId, int taskIndex, int attempt, CancellationToken cancellation)
    {
        var outputs = await store.LoadOutputsAsync(runId, [taskIndex], cancellation);
        if (!outputs.TryGetValue(taskIndex, out var value)) return new CutList(runId, taskIndex, attempt, default, []);
        var json = value.Json?.Utf8 ?? await ContentAsync(value.Stored!, cancellation);
        return new CutList(runId, taskIndex, attempt, json, Cut(json.Span));
    }

    private async Task<ReadOnlyMemory<byte>> ContentAsync(Artifact stored, CancellationToken cancellation)
    {
        await using var content = openArtifact(stored.Hash)
            ?? throw new StoreException($"The list '{stored.Name}' is no longer in the artifact store. Run the task that made it again.");
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private static List<Range> Cut(ReadOnlySpan<byte> json)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return elements;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(start..(int)reader.BytesConsumed);
        }

        return elements;
    }

    private sealed record CutList(long RunId, int TaskIndex, int Attempt, ReadOnlyMemory<byte> Json, List<Range> Elements);
}
