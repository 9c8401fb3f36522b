using System.Buffers;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Assets;

/// <summary>Makes values of assets: small ones are stored in place, large ones as artifacts, as outputs are.</summary>
/// <param name="open">Opens an artifact's content by its hash; null when it is not there.</param>
/// <param name="keep">Keeps a large value as an artifact; null to store every value in place.</param>
public sealed class AssetValues(Func<string, Stream?> open, Func<string, ReadOnlyMemory<byte>, Artifact>? keep)
{
    /// <summary>A value of its JSON.</summary>
    public TaskValue Of(ReadOnlyMemory<byte> json) => keep is null || json.Length <= TaskValue.InlineLimit
        ? new TaskValue(new JsonPayload(json), null)
        : new TaskValue(null, keep("asset.json", json));

    /// <summary>The list of values; null when one of them is no longer there.</summary>
    public TaskValue? List(IReadOnlyList<TaskValue> values)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) json.Write(","u8);
            if (values[i].Stored is not { } stored) json.Write(values[i].Json!.Value.Utf8.Span);
            else if (!Copy(stored.Hash, json)) return null;
        }

        json.Write("]"u8);
        return Of(json.WrittenMemory);
    }

    private bool Copy(string hash, ArrayBufferWriter<byte> json)
    {
        using var content = open(hash);
        if (content is null) return false;
        for (int read; (read = content.Read(json.GetSpan(64 * 1024))) > 0;) json.Advance(read);
        return true;
    }
}
