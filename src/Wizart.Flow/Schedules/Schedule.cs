using System.ComponentModel;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>When a DAG runs. Made by <c>Cron</c>, <c>Daily.At</c>, <c>Every</c> and the other words of <see cref="Script"/>.</summary>
public abstract class Schedule
{
    /// <summary>The schedule as data.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract ScheduleModel Model { get; }

    /// <summary>What is wrong with it; reported by the DAG that takes it, so that all errors of a file come together.</summary>
    internal virtual IReadOnlyList<Diagnostic> Problems => [];

    /// <summary>The assets it names.</summary>
    internal virtual IReadOnlyList<NamedAsset> NamedAssets => [];
}
