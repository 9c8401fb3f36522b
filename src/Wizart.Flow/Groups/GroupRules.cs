using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What must hold of groups, and of what is taken out of them.</summary>
internal static class GroupRules
{
    public static void Check(Dag dag, DagModel model)
    {
        foreach (var group in dag.Groups) CheckGroup(dag, group);
        if (dag.Groups.Any(group => group.List is not null))
        {
            var byId = dag.Tasks.DistinctBy(task => task.Id).ToDictionary(task => task.Id, StringComparer.Ordinal);
            foreach (var task in dag.Tasks) CheckInputs(dag, task, model.Tasks[task.Index], byId);
        }

        foreach (var task in dag.Tasks.Where(task => task.TeardownOf is not null)) CheckTeardown(dag, task);
    }

    private static void CheckGroup(Dag dag, TaskGroup group)
    {
        if (!dag.Tasks.Any(task => task.Group?.IsIn(group) == true))
            dag.Scope.Report(FlowCodes.BadGroup, $"Group '{group.Id}' has no tasks. Add one: {Variable(group)}.Task(\"…\").Run(() => …).", group.Location);
        if (group.Retries < 0)
            dag.Scope.Report(FlowCodes.BadSetting, $"The retries of group '{group.Id}' are {group.Retries}; write 0 or more.", group.Location);
        if (group.List?.AtMost is { } most) dag.Scope.CheckPositive(most, $"AtMost of group '{group.Id}'", group.Location);
        for (var outer = group.Parent; group.Retries > 0 && outer is not null; outer = outer.Parent)
        {
            if (outer.Retries <= 0) continue;
            dag.Scope.Report(
                FlowCodes.BadGroup, $"Group '{group.Id}' is retried as one inside of group '{outer.Id}', which is so too. Retry one of them.", group.Location);
            break;
        }

        if (group is { List: not null, Retries: > 0 } || group.Retries == 0) return;
        var inner = dag.Groups.FirstOrDefault(other => other != group && other.List is not null && other.IsIn(group));
        if (inner is not null)
            dag.Scope.Report(FlowCodes.BadGroup, $"Group '{group.Id}' is retried as one, but group '{inner.Id}' in it is mapped. Retry the mapped one: it does so element by element.", group.Location);
    }

    private static void CheckInputs(Dag dag, TaskDraft task, TaskModel model, Dictionary<string, TaskDraft> byId)
    {
        var mapped = task.Group?.Mapped;
        if (mapped is not null && task.ForEach is not null)
        {
            dag.Scope.Report(
                FlowCodes.BadGroup, $"Task '{task.Id}' has a ForEach inside of group '{mapped.Id}', which is mapped already. Map one of them.", task.Location);
        }

        foreach (var input in model.Inputs)
        {
            if (input.Kind is not (InputKind.Output or InputKind.MappedOutput) || !byId.TryGetValue(input.Name, out var source)) continue;
            if (source.Group?.Mapped is not { } other) continue;
            if (input.Kind == InputKind.Output && other != mapped)
            {
                dag.Scope.Report(
                    FlowCodes.BadGroup,
                    $"Task '{task.Id}' takes the output of '{source.Id}', of which there is one for each element of group '{other.Id}'. Take the list: From({Variable(other)}.All(…)).",
                    task.Location);
            }

            if (input.Kind == InputKind.MappedOutput && other == mapped)
            {
                dag.Scope.Report(
                    FlowCodes.BadGroup,
                    $"Task '{task.Id}' is run for each element of group '{other.Id}' and takes all outputs of '{source.Id}' in it, which it would have to wait for with each. Take it outside of the group, or without All the one of the same element.",
                    task.Location);
            }
        }
    }

    private static void CheckTeardown(Dag dag, TaskDraft task)
    {
        var setup = task.TeardownOf!;
        if (setup == task)
            dag.Scope.Report(FlowCodes.BadSetting, $"Task '{task.Id}' is the teardown of itself. Name its setup.", task.Location);
        if (setup.Dag == dag && (setup.Group?.Mapped != task.Group?.Mapped || (setup.ForEach ?? task.ForEach) is not null))
        {
            dag.Scope.Report(
                FlowCodes.BadGroup,
                $"Task '{task.Id}' is the teardown of '{setup.Id}', and only one of them is run for each element. Put both into the mapped group, or neither.",
                task.Location);
        }
    }

    private static string Variable(TaskGroup group) => group.Id[(group.Id.LastIndexOf('.') + 1)..];
}
