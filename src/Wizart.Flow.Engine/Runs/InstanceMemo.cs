using System.Text.Json.Serialization;

namespace Wizart.Flow.Engine.Runs;

/// <summary>What few instances have to remember, kept together so that the others pay nothing for it. See the properties of <see cref="TaskInstance"/>.</summary>
public sealed record InstanceMemo
{
    /// <summary><see cref="TaskInstance.AttemptsBefore"/>.</summary>
    public int AttemptsBefore { get; init; }

    /// <summary><see cref="TaskInstance.Asked"/>.</summary>
    public TaskState? Asked { get; init; }

    /// <summary><see cref="TaskInstance.ListCount"/>.</summary>
    public int? ListCount { get; init; }

    /// <summary><see cref="TaskInstance.Chosen"/>.</summary>
    public IReadOnlyList<string>? Chosen { get; init; }

    /// <summary><see cref="TaskInstance.Round"/>.</summary>
    public int Round { get; init; }

    /// <summary>What an instance has to remember; null when nothing.</summary>
    public static InstanceMemo? Of(TaskInstance instance) =>
        instance is { AttemptsBefore: 0, Asked: null, ListCount: null, Chosen: null, Round: 0 }
            ? null
            : new InstanceMemo
            {
                AttemptsBefore = instance.AttemptsBefore,
                Asked = instance.Asked,
                ListCount = instance.ListCount,
                Chosen = instance.Chosen,
                Round = instance.Round,
            };
}

/// <summary>How memos are written: snake case, states as words, nothing that is not there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(InstanceMemo))]
[JsonSerializable(typeof(string))]
public sealed partial class MemoJson : JsonSerializerContext;
