using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>The words at the top of a script; in force everywhere through <c>using static</c>.</summary>
public static partial class Script
{
    /// <summary>Declares a DAG.</summary>
    /// <param name="id">Unique in the installation: letters, digits, <c>_ - .</c></param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Dag Dag(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptScope.Current.Add(id, new SourceLocation(file, line));

    /// <summary>A client built from a stored connection where the body runs.</summary>
    /// <typeparam name="T">The client: <c>HttpApi</c>, <c>Database</c>…</typeparam>
    public static Connection<T> Connection<T>(string id) => new(id);

    /// <summary>A stored value, read when the attempt starts.</summary>
    public static Variable<T> Variable<T>(string name, T @default) => new(name, @default);

    /// <summary>A value that a person or an API call may set per run.</summary>
    [OverloadResolutionPriority(1)] // Param<string>("a", "b"): the second text is the default, not a file
    public static Param<T> Param<T>(
        string name, T @default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, @default, hasDefault: true, new SourceLocation(file, line));

    /// <summary>A value without a default, which every run must set: <c>Param&lt;int&gt;("year")</c>.</summary>
    public static Param<T> Param<T>(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(name, default, hasDefault: false, new SourceLocation(file, line));

    /// <summary>All upstream tasks succeeded.</summary>
    public const TriggerRule AllSuccess = TriggerRule.AllSuccess;

    /// <summary>All upstream tasks failed.</summary>
    public const TriggerRule AllFailed = TriggerRule.AllFailed;

    /// <summary>All upstream tasks are done.</summary>
    public const TriggerRule AllDone = TriggerRule.AllDone;

    /// <summary>All upstream tasks are done and at least one succeeded.</summary>
    public const TriggerRule AllDoneMinOneSuccess = TriggerRule.AllDoneMinOneSuccess;

    /// <summary>All upstream tasks were skipped.</summary>
    public const TriggerRule AllSkipped = TriggerRule.AllSkipped;

    /// <summary>At least one upstream task failed.</summary>
    public const TriggerRule OneFailed = TriggerRule.OneFailed;

    /// <summary>At least one upstream task succeeded.</summary>
    public const TriggerRule OneSuccess = TriggerRule.OneSuccess;

    /// <summary>At least one upstream task succeeded or failed.</summary>
    public const TriggerRule OneDone = TriggerRule.OneDone;

    /// <summary>All upstream tasks succeeded or were skipped.</summary>
    public const TriggerRule NoneFailed = TriggerRule.NoneFailed;

    /// <summary>No upstream task failed and at least one succeeded.</summary>
    public const TriggerRule NoneFailedMinOneSuccess = TriggerRule.NoneFailedMinOneSuccess;

    /// <summary>No upstream task was skipped.</summary>
    public const TriggerRule NoneSkipped = TriggerRule.NoneSkipped;

    /// <summary>Nothing is waited for.</summary>
    public const TriggerRule Always = TriggerRule.Always;
}
