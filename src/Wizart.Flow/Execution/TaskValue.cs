using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow.Execution;

/// <summary>An output as it is stored: small ones in place, large ones as an artifact.</summary>
/// <param name="Json">The value, when it is at most <see cref="InlineLimit"/>.</param>
/// <param name="Stored">Where its JSON is kept otherwise.</param>
public sealed record TaskValue(JsonPayload? Json, Artifact? Stored)
{
    /// <summary>The value, when it is at most <see cref="InlineLimit"/>. JSON's null is a value too.</summary>
    public JsonPayload? Json { get; init; } = Json ?? (Stored is null ? JsonPayload.Null : null);

    /// <summary>A small value, stored in place.</summary>
    public static TaskValue Of<T>(T value) => new(new JsonPayload(JsonSerializer.SerializeToUtf8Bytes(value, ValueJson.Options)), null);

    /// <summary>Values up to this many bytes are stored with the run; larger ones go to the artifact store. 256 KB.</summary>
    public const int InlineLimit = 256 * 1024;

    /// <summary>A task whose value is larger than this fails with advice. 64 MB.</summary>
    public const int Limit = 64 * 1024 * 1024;
}
