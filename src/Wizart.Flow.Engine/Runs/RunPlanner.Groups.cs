using System.Globalization;

namespace Wizart.Flow.Engine.Runs;

/// <summary>Groups that are tried again as one, and tasks that clean up after others.</summary>
public static partial class RunPlanner
{
    /// <summary>Tells all that waits for an instance that it is done. What a group that is retried as one gave is told outside of it once the group is done.</summary>
    private static void Pass(LiveRun run, TaskInstance done, RunPlan plan, DateTimeOffset now)
    {
        if (run.PlaceOf(done) is not { } place)
        {
            TellDownstream(run, done, plan, within: -1);
            foreach (var element in run.PlacesOf(done)) ReleaseGroup(run, element, plan, now);
            return;
        }

        TellDownstream(run, done, plan, within: place.Group);
        ReleaseGroup(run, place, plan, now);
    }

    private static void ReleaseGroup(LiveRun run, GroupPlace place, RunPlan plan, DateTimeOffset now)
    {
        if (!run.ReleaseGroup(place) || RetryGroup(run, place, plan, now)) return;
        foreach (var instance in run.InstancesOf(place).ToArray())
            foreach (var downstream in run.Graph.DownstreamOf(instance.TaskIndex))
                if (run.Graph.RetriedGroupOf(downstream) != place.Group && MayBegin(run, downstream)) Tell(run, downstream, instance, plan);
    }

    private static void TellDownstream(LiveRun run, TaskInstance done, RunPlan plan, int within)
    {
        foreach (var downstream in run.Graph.DownstreamOf(done.TaskIndex))
            if ((within < 0 || run.Graph.RetriedGroupOf(downstream) == within) && MayBegin(run, downstream)) Tell(run, downstream, done, plan);
    }

    /// <summary>In a run that is being ended only teardowns go on.</summary>
    private static bool MayBegin(LiveRun run, int task) => run.Run.EndingAs is null || run.Graph.Tasks[task].TeardownOf is not null;

    /// <summary>A task of the group failed for good, nothing of it runs any more, and it may be tried again: all of it begins anew.</summary>
    private static bool RetryGroup(LiveRun run, GroupPlace place, RunPlan plan, DateTimeOffset now)
    {
        var group = run.Graph.Model.Groups[place.Group];
        TaskInstance[] instances = [.. run.InstancesOf(place)];
        var round = run.RoundOf(place);
        if (run.Run.EndingAs is not null || round >= group.Retry || !instances.Any(instance => FailsRun(run, instance))) return false;
        var failed = run.Graph.Tasks[instances.First(instance => FailsRun(run, instance)).TaskIndex].Id;
        var reason = string.Create(CultureInfo.InvariantCulture, $"task '{failed}' failed: group '{group.Id}' is tried again, {round + 1} of {group.Retry}");
        PutBack(run, instances.Select(instance => new InstanceKey(instance.TaskIndex, place.MapIndex)).Distinct(), reason, plan);
        foreach (var instance in run.InstancesOf(place)) run.SetRound(instance, round + 1);
        DecideAll(run, plan, now);
        return true;
    }

    private static bool FailsRun(LiveRun run, TaskInstance instance) =>
        instance.State == TaskState.Failed && !run.Graph.Tasks[instance.TaskIndex].AllowFailure;

    /// <summary>Whether something failed that no group tries again.</summary>
    private static bool HasFailedForGood(LiveRun run) => !run.Graph.HasRetriedGroups || run.AllInstances.Any(instance =>
        FailsRun(run, instance)
        && (run.Graph.RetriedGroupOf(instance.TaskIndex) is not (>= 0 and var group) || instance.Round >= run.Graph.Model.Groups[group].Retry));

    /// <summary>
    /// A teardown runs once all it waits for is done and its setup succeeded, as Airflow's <c>all_done_setup_success</c>; any
    /// other task by its trigger rule.
    /// </summary>
    private static RuleDecision RuleOf(LiveRun run, TaskInstance instance, in UpstreamTally tally)
    {
        var task = run.Graph.Tasks[instance.TaskIndex];
        if (task.TeardownOf is not { } setup) return TriggerRules.Decide(task.TriggerRule, tally);
        if (!tally.AllDone) return RuleDecision.Wait;
        return (run.Find(setup, instance.MapIndex) ?? run[setup]).State switch
        {
            TaskState.Success => RuleDecision.Run,
            TaskState.Skipped or TaskState.Removed => RuleDecision.Skip,
            _ => RuleDecision.UpstreamFailed,
        };
    }

    /// <summary>Whether an instance is left alone when its run is ended: it cleans up after a setup that succeeded, or still may.</summary>
    private static bool IsToTearDown(LiveRun run, TaskInstance instance) =>
        run.Graph.Tasks[instance.TaskIndex].TeardownOf is { } setup
        && (run.MappedOf(instance.TaskIndex) is not { } mapped || instance.MapIndex >= 0 && mapped.Whole.Asked is null) // otherwise there was no setup of its element
        && (run.Find(setup, instance.MapIndex) ?? run[setup]).State is TaskState.Success or TaskState.Running && !instance.State.IsFinal();

    private static void DecideTeardowns(LiveRun run, RunPlan plan, DateTimeOffset now)
    {
        if (!run.Graph.HasTeardowns) return;
        run.CountAnew();
        plan.Finished.Clear();
        foreach (var task in run.Graph.Tasks)
        {
            if (task.TeardownOf is null) continue;
            Decide(run, task.Index, plan, now);
            if (run.MappedOf(task.Index) is { IsSpread: true } mapped) DecideElements(run, mapped, plan, now);
        }

        DecideFinished(run, plan, now);
        LetIn(run, plan, now);
    }

    /// <summary>The mapped task whose elements a task goes over one by one, once these are there.</summary>
    private static MappedTask? SpreadSourceOf(LiveRun run, int task)
    {
        foreach (var source in run.Graph.ElementSourcesOf(task))
            if (run.MappedOf(source) is { IsSpread: true, Whole.Asked: null } spread) return spread;
        return null;
    }

    private static string RuleReason(Model.TaskModel task) =>
        task.TeardownOf is null ? $"its rule {task.TriggerRule} can't hold" : "its setup was skipped, so there is nothing to tear down";

    private static string ElementReason(LiveRun run, TaskInstance element)
    {
        foreach (var index in run.Graph.ElementSourcesOf(element.TaskIndex))
        {
            var source = run.Find(index, element.MapIndex) ?? run[index];
            if (source.State is TaskState.Failed or TaskState.UpstreamFailed or TaskState.Cancelled)
                return string.Create(CultureInfo.InvariantCulture, $"element {element.MapIndex} of '{run.Graph.Tasks[index].Id}' failed");
        }

        return UpstreamReason(run, run.Graph.Tasks[element.TaskIndex]);
    }
}
