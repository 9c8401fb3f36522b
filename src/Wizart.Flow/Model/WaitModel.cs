using System.Text.Json;

namespace Wizart.Flow.Model;

/// <summary>What a task waits for that gives its process back.</summary>
public enum WaitKind
{
    /// <summary><c>WaitUntil</c>: its own condition, looked at again and again.</summary>
    Condition,

    /// <summary><c>WaitFor(dag, task)</c>: another DAG's run of the same logical date.</summary>
    DagRun,

    /// <summary><c>Trigger</c>: the run that it starts.</summary>
    Triggered,

    /// <summary><c>Approve</c>: a person.</summary>
    Approval,

    /// <summary><c>WaitFor(asset)</c>: an update of the asset.</summary>
    Asset,
}

/// <summary>How a task waits: the settings of its ending word.</summary>
public sealed record WaitModel
{
    /// <summary>What for.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>The time between two looks.</summary>
    public TimeSpan Every { get; init; } = DefaultEvery;

    /// <summary>How long it waits at most, counted from its first look over all attempts; null for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What becomes of it after that.</summary>
    public OnTimeout OnTimeout { get; init; }

    /// <summary>The other DAG; null where there is none.</summary>
    public string? DagId { get; init; }

    /// <summary>The task of the other DAG's run; null for the whole run.</summary>
    public string? TaskId { get; init; }

    /// <summary>The asset's URI; null where there is none.</summary>
    public string? Asset { get; init; }

    /// <summary>Whether a task that starts a run also waits for its end.</summary>
    public bool UntilEnd { get; init; }

    /// <summary>Whether the run that is started covers the interval of the run that starts it.</summary>
    public bool SameInterval { get; init; }

    /// <summary>Params of the run that is started, where the script itself says them.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Params { get; init; }

    /// <summary>What a person is asked, where the script itself says it.</summary>
    public FormModel? Form { get; init; }

    /// <summary>Whether a body has to be run to begin with: a condition, computed params, a computed form.</summary>
    public bool HasBody { get; init; }

    /// <summary>The time between two looks where the author names none: a minute, as in Airflow.</summary>
    public static TimeSpan DefaultEvery { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a sensor waits where the author names no time: seven days, as in Airflow.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromDays(7);
}

/// <summary>What a person is asked.</summary>
public sealed record FormModel
{
    /// <summary>The question.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown below it; null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>Values that the person may set.</summary>
    public IReadOnlyList<ParamModel> Fields { get; init; } = [];
}
