using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Tests.Scripts;

/// <summary>Orders for the tasks of test scripts.</summary>
internal static class Orders
{
    private static long _lastRun;

    public static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An order for a task of a script that declares one DAG <c>d</c>.</summary>
    public static AttemptOrder For(string script, string task = "t", int index = 0) => new()
    {
        RunId = Interlocked.Increment(ref _lastRun),
        DagId = "d",
        TaskId = task,
        TaskIndex = index,
        Attempt = 1,
        MaxAttempts = 3,
        Image = TestScript.Compile(script),
        IntervalStart = Day,
        IntervalEnd = Day.AddDays(1),
    };

    /// <summary>A script whose DAG <c>d</c> has one task <c>t</c> with this body.</summary>
    public static AttemptOrder Body(string body) => For(Script(body));

    /// <summary>The text of a script whose DAG <c>d</c> has one task <c>t</c> with this body.</summary>
    public static string Script(string body) => $"var dag = Dag(\"d\");\ndag.Task(\"t\").From(dag.Context).Run({body});\n";

    public static AttemptOrder WithOutput(this AttemptOrder order, string task, string json) =>
        order with { Outputs = new Dictionary<string, TaskValue>(order.Outputs) { [task] = new(JsonPayload.Parse(json), null) } };

    public static AttemptOrder WithParam(this AttemptOrder order, string name, string json) =>
        order with { Params = new Dictionary<string, JsonPayload>(order.Params) { [name] = JsonPayload.Parse(json) } };

    public static AttemptOrder WithVariable(this AttemptOrder order, string name, string json) =>
        order with { Variables = new Dictionary<string, JsonPayload>(order.Variables) { [name] = JsonPayload.Parse(json) } };
}
