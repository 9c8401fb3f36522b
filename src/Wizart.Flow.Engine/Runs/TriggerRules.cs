namespace Wizart.Flow.Engine.Runs;

/// <summary>What a trigger rule decides.</summary>
public enum RuleDecision
{
    /// <summary>Not yet decided: more upstream instances must be done.</summary>
    Wait,

    /// <summary>The task may start.</summary>
    Run,

    /// <summary>The task is skipped.</summary>
    Skip,

    /// <summary>The task can't run because of a failure.</summary>
    UpstreamFailed,
}

/// <summary>
/// The twelve trigger rules, with the meanings that Airflow's <c>TriggerRuleDep._evaluate_trigger_rule</c> gives them:
/// first whether the rule can no longer hold (and what the task becomes then), then whether it holds.
/// </summary>
public static class TriggerRules
{
    /// <summary>Decides from what is known of the upstream instances.</summary>
    public static RuleDecision Decide(TriggerRule rule, in UpstreamTally up)
    {
        if (up.Total == 0 || rule == TriggerRule.Always) return RuleDecision.Run;
        var failures = up.Failed + up.UpstreamFailed;
        return rule switch
        {
            TriggerRule.AllSuccess =>
                failures > 0 ? RuleDecision.UpstreamFailed
                : up.Skipped > 0 ? RuleDecision.Skip
                : RunWhen(up.Succeeded >= up.Total),
            TriggerRule.AllFailed =>
                up.Succeeded + up.Skipped > 0 ? RuleDecision.Skip : RunWhen(failures >= up.Total),
            TriggerRule.AllDone => RunWhen(up.AllDone),
            TriggerRule.AllDoneMinOneSuccess =>
                !up.AllDone ? RuleDecision.Wait
                : up.Succeeded > 0 ? RuleDecision.Run
                : up.Skipped == up.Done ? RuleDecision.Skip : RuleDecision.UpstreamFailed,
            TriggerRule.AllSkipped =>
                up.Succeeded + failures > 0 ? RuleDecision.Skip : RunWhen(up.Skipped >= up.Total),
            TriggerRule.OneFailed =>
                failures > 0 ? RuleDecision.Run : up.AllDone ? RuleDecision.Skip : RuleDecision.Wait,
            TriggerRule.OneSuccess =>
                up.Succeeded > 0 ? RuleDecision.Run
                : !up.AllDone ? RuleDecision.Wait
                : up.Skipped == up.Done ? RuleDecision.Skip : RuleDecision.UpstreamFailed,
            TriggerRule.OneDone =>
                up.Succeeded + up.Failed > 0 ? RuleDecision.Run : up.AllDone ? RuleDecision.Skip : RuleDecision.Wait,
            TriggerRule.NoneFailed =>
                failures > 0 ? RuleDecision.UpstreamFailed : RunWhen(up.Succeeded + up.Skipped >= up.Total),
            TriggerRule.NoneFailedMinOneSuccess =>
                failures > 0 ? RuleDecision.UpstreamFailed
                : up.Skipped >= up.Total ? RuleDecision.Skip
                : RunWhen(up.Succeeded + up.Skipped >= up.Total),
            TriggerRule.NoneSkipped =>
                up.Skipped > 0 ? RuleDecision.Skip : RunWhen(up.AllDone),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a trigger rule."),
        };
    }

    private static RuleDecision RunWhen(bool holds) => holds ? RuleDecision.Run : RuleDecision.Wait;
}
