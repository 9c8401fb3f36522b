using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Artifacts;
using Wizart.Flow.Values;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>Makes of what a body returned the value that is stored: JSON in place, or an artifact when it is large.</summary>
internal static class OutputValues
{
    [ThreadStatic]
    private static LimitedBuffer? _buffer;

    /// <exception cref="OutputException">The value is too large or has no JSON form.</exception>
    public static TaskValue Write(AttemptOrder order, object? value, Type type, out int? count)
    {
        var buffer = _buffer ?? new LimitedBuffer(TaskValue.Limit);
        _buffer = null; // a converter may run code that comes back here
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, Compact)) JsonSerializer.Serialize(writer, value, type, ValueJson.Options);
            count = CountOf(value, buffer.Written.Span);
            return Keep(order, buffer.Written);
        }
        catch (ValueTooLargeException)
        {
            throw new OutputException(
                $"The output of task '{order.TaskId}' is larger than {TaskValue.Limit / 1024 / 1024} MB. Write it to a table, or keep it as an artifact (run.ArtifactFile(…)) and return the artifact.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new OutputException(
                $"The output of task '{order.TaskId}' ({TypeModel.Of(type)}) can't be written as JSON: {e.Message} Return records, collections, numbers, texts and dates that don't refer back to themselves.",
                e);
        }
        finally
        {
            buffer.Clear();
            if (buffer.IsModest) _buffer = buffer;
        }
    }

    // What a mapped task is spread over. A lazy sequence was walked once, to write it; its JSON is counted.
    private static int? CountOf(object? value, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'[') return null;
        if (value is ICollection collection) return collection.Count;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    private static TaskValue Keep(AttemptOrder order, ReadOnlyMemory<byte> json)
    {
        if (json.Length <= TaskValue.InlineLimit) return new TaskValue(new JsonPayload(json.ToArray()), null);
        if (order.ArtifactRoot.Length == 0)
        {
            throw new OutputException(
                $"The output of task '{order.TaskId}' is {json.Length / 1024} KB; over {TaskValue.InlineLimit / 1024} KB it needs an artifact store, and this attempt was ordered without one.");
        }

        return new TaskValue(null, new LocalArtifactStore(order.ArtifactRoot).Put($"{order.TaskId}.json", json.Span));
    }

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}

/// <summary>What a body returned can't be stored. Trying again would not help.</summary>
public sealed class OutputException(string message, Exception? inner = null) : Exception(message, inner);
