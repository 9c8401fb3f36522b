using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What must hold of a DAG as a whole, checked when its script has been evaluated.</summary>
internal static class StructureRules
{
    public static void Check(Dag dag)
    {
        var model = dag.ToModel();
        if (model.Tasks.Count == 0)
            dag.Scope.Report(FlowCodes.NoTasks, $"DAG '{dag.Id}' has no tasks. Add one: dag.Task(\"…\").Run(() => …).", dag.Location);

        foreach (var task in dag.Tasks) CheckTask(dag, task);
        GroupRules.Check(dag, model);
        CheckCycle(dag, model);
        CheckDates(dag, model);
        CheckTimeout(dag, model.Timeout, $"DAG '{dag.Id}'", dag.Location);
        CheckRetry(dag, dag.RetryDefault, $"DAG '{dag.Id}'", dag.Location);
        CheckParams(dag);
        LimitRules.Check(dag, model);
    }

    private static void CheckTask(Dag dag, TaskDraft task)
    {
        if (task.Body is null)
        {
            dag.Scope.Report(
                FlowCodes.NoEnding,
                $"Task '{task.Id}' does nothing: end it with Run(…) or another ending word.",
                task.Location);
        }

        foreach (var foreign in task.Foreign)
        {
            dag.Scope.Report(
                FlowCodes.ForeignTask,
                $"Task '{task.Id}' of DAG '{dag.Id}' uses task '{foreign.Id}' of DAG '{foreign.Dag.Id}'. "
                + "Data crosses DAGs through an asset: .Into(asset) there, From(asset) here.",
                task.Location);
        }

        if (task.AtMost is { } most) dag.Scope.CheckPositive(most, $"AtMost of task '{task.Id}'", task.Location);
        CheckTimeout(dag, task.Timeout, $"task '{task.Id}'", task.Location);
        if (task.Wait is { } wait) CheckWait(dag, task, wait);
        if (task.Retry is { } retry) CheckRetry(dag, retry, $"task '{task.Id}'", task.Location);
    }

    private static void CheckWait(Dag dag, TaskDraft task, WaitModel wait)
    {
        if (wait.Every <= TimeSpan.Zero)
            dag.Scope.Report(FlowCodes.BadSetting, $"Task '{task.Id}' looks every {wait.Every}; it must be longer than zero.", task.Location);
        CheckTimeout(dag, wait.Timeout, $"the wait of task '{task.Id}'", task.Location);
        if (wait.DagId is { } other && string.IsNullOrWhiteSpace(other))
            dag.Scope.Report(FlowCodes.BadSetting, $"Task '{task.Id}' names no DAG. Write its id.", task.Location);
        if (wait.DagId != dag.Id || wait is { Kind: WaitKind.Triggered, UntilEnd: false }) return;
        dag.Scope.Report(
            FlowCodes.BadSetting,
            $"Task '{task.Id}' waits for its own DAG '{dag.Id}', so that it would never end. Name another DAG, or order tasks of one DAG with After.",
            task.Location);
    }

    private static void CheckTimeout(Dag dag, TimeSpan? timeout, string whose, SourceLocation location)
    {
        if (timeout is { } limit && limit <= TimeSpan.Zero)
            dag.Scope.Report(FlowCodes.BadSetting, $"The timeout of {whose} is {limit}; it must be longer than zero.", location);
    }

    private static void CheckRetry(Dag dag, RetryModel retry, string whose, SourceLocation location)
    {
        if (retry.Count < 0)
            dag.Scope.Report(FlowCodes.BadSetting, $"The retries of {whose} are {retry.Count}; write 0 or more.", location);
        if (retry.Backoff.Initial < TimeSpan.Zero || retry.Backoff.Max < TimeSpan.Zero)
            dag.Scope.Report(FlowCodes.BadSetting, $"The backoff of {whose} is negative; a wait is zero or longer.", location);
        if (retry.Backoff.JitterShare is not (>= 0 and <= 1))
        {
            dag.Scope.Report(
                FlowCodes.BadSetting,
                string.Create(CultureInfo.InvariantCulture, $"The jitter of {whose}'s backoff is {retry.Backoff.JitterShare}; write a share from 0 to 1."),
                location);
        }
    }

    private static void CheckDates(Dag dag, DagModel model)
    {
        if (model.StartingOn is { } start && model.EndingOn is { } end && end <= start)
        {
            dag.Scope.Report(
                FlowCodes.BadDates,
                $"DAG '{dag.Id}' ends on {end:yyyy-MM-dd HH:mm zzz}, which is not after its start on {start:yyyy-MM-dd HH:mm zzz}.",
                dag.Location);
        }
    }

    private static void CheckCycle(Dag dag, DagModel model)
    {
        if (Cycles.Find(model.Tasks) is not { } cycle) return;
        var path = string.Join(" → ", cycle.Append(cycle[0]).Select(i => model.Tasks[i].Id));
        dag.Scope.Report(
            FlowCodes.Cycle,
            $"Tasks of DAG '{dag.Id}' wait for each other: {path}. Remove one of these edges.",
            model.Tasks[cycle[0]].Location);
    }

    private static void CheckParams(Dag dag)
    {
        foreach (var same in dag.Tasks.SelectMany(t => t.Params).Select(p => p.Model).Distinct().GroupBy(p => p.Name))
        {
            var param = same.First();
            dag.Scope.CheckId("param", param.Name, param.Location!);
            if (same.Skip(1).FirstOrDefault() is { } other && other.Type != param.Type)
            {
                dag.Scope.Report(
                    FlowCodes.BadParam,
                    $"Param '{param.Name}' is declared as {param.Type} and as {other.Type}. Declare it once and share the variable.",
                    other.Location);
            }

            else if (same.FirstOrDefault(p => !HasSameRules(p, param)) is { } differing)
            {
                dag.Scope.Report(
                    FlowCodes.BadParam,
                    $"Param '{param.Name}' is declared twice with different defaults or rules. Declare it once and share the variable.",
                    differing.Location);
            }

            if (ParamRules.WhyContradictory(param) is { } contradiction)
                dag.Scope.Report(FlowCodes.BadParam, $"Param '{param.Name}' can't be set: {contradiction}", param.Location);
            else if (param.Pattern is { } pattern && !IsRegex(pattern))
                dag.Scope.Report(FlowCodes.BadParam, $"Param '{param.Name}': '{pattern}' is not a regular expression.", param.Location);
            else if (param.Default is { } value && ParamRules.WhyNot(param, value) is { } why)
                dag.Scope.Report(FlowCodes.BadParam, $"The default of param '{param.Name}' is refused by its own rules: {why}", param.Location);
        }
    }

    private static bool HasSameRules(ParamModel a, ParamModel b) => ReferenceEquals(a, b)
        || JsonSerializer.Serialize(a with { Location = null }, ModelJson.Default.ParamModel)
            == JsonSerializer.Serialize(b with { Location = null }, ModelJson.Default.ParamModel);

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = ParamRules.Whole(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
