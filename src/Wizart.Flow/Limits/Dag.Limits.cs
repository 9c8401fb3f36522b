using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    /// <summary>The priority of its tasks that name none. Higher goes first when slots are short. Default 0.</summary>
    /// <param name="weight">The number.</param>
    /// <param name="rule">Whether the numbers of tasks after or before a task are added to its own.</param>
    public Dag Priority(int weight, Weight rule = Weight.Downstream) => With(_model with { Priority = weight, WeightRule = rule });

    /// <summary>
    /// Each task of a run waits until the same task of the scheduled run before it, by logical date, has succeeded or was
    /// skipped. The first run has no past and does not wait.
    /// </summary>
    public Dag DependsOnPast() => With(_model with { DependsOnPast = true });

    /// <summary>What happens to a scheduled run that is due while as many runs are running as may. Default <see cref="Flow.Overlap.Queue"/>.</summary>
    /// <param name="policy">Queue, Skip or CancelRunning.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Dag Overlap(Overlap policy, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!Enum.IsDefined(policy)) Scope.Report(FlowCodes.BadSetting, $"Overlap is {policy}; write Overlap.Queue, Overlap.Skip or Overlap.CancelRunning.", new SourceLocation(file, line));
        return With(_model with { Overlap = policy });
    }

    /// <summary>The DAG is paused when so many of its scheduled runs in a row have failed. Unpausing begins the count anew.</summary>
    /// <param name="failures">One or more.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Dag PauseAfter(int failures, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Scope.CheckPositive(failures, "PauseAfter(failures: …)", new SourceLocation(file, line));
        return With(_model with { PauseAfter = failures });
    }
}
