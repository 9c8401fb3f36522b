using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>How far the waiting of an instance is. Stored with it, so that a restart goes on with it.</summary>
public sealed record InstanceWait
{
    /// <summary>What it waits for.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>When it first looked, over all attempts: its timeout counts from here.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is given up; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it is looked at again; null when it is told.</summary>
    public DateTimeOffset? NextLook { get; init; }

    /// <summary>How often it gave its process back. What belongs to an earlier look changes nothing.</summary>
    public int Looks { get; init; }

    /// <summary>Whether the attempt that waits is not over: its next look is no new attempt.</summary>
    public bool Continues { get; init; }

    /// <summary>The run that it started and waits for; zero for none.</summary>
    public long RunId { get; init; }

    /// <summary>Params of the run that is to be started, where its body worked them out.</summary>
    public IReadOnlyDictionary<string, JsonPayload>? Params { get; init; }

    /// <summary>What a person is asked.</summary>
    public FormModel? Form { get; init; }
}
