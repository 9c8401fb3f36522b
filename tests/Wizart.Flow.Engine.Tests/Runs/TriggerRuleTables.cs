using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Tests.Runs;

public sealed class TriggerRuleTables
{
    private static readonly TaskState[] Finals =
        [TaskState.Success, TaskState.Failed, TaskState.UpstreamFailed, TaskState.Skipped, TaskState.Cancelled];

    public static TheoryData<TriggerRule> Rules => [.. Enum.GetValues<TriggerRule>()];

    /// <summary>Every combination of three upstream states, some not yet done: runs exactly when the documented words hold.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Runs_exactly_when_the_rule_holds(TriggerRule rule)
    {
        TaskState[] all = [.. Finals, TaskState.Running];
        foreach (var a in all)
            foreach (var b in all)
                foreach (var c in all)
                {
                    TaskState[] states = [a, b, c];
                    var decision = Decide(rule, states);
                    Assert.Equal(ReferenceRule.Holds(rule, states), decision == RuleDecision.Run);
                    if (states.All(s => s.IsFinal())) Assert.NotEqual(RuleDecision.Wait, decision);
                }
    }

    /// <summary>What a task becomes when its rule can't hold: the cases of Airflow's TriggerRuleDep.</summary>
    [Theory]
    [InlineData(TriggerRule.AllSuccess, TaskState.Failed, TaskState.Success, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.AllSuccess, TaskState.Failed, TaskState.Running, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.AllSuccess, TaskState.Skipped, TaskState.Success, RuleDecision.Skip)]
    [InlineData(TriggerRule.AllSuccess, TaskState.Skipped, TaskState.Failed, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.AllFailed, TaskState.Success, TaskState.Failed, RuleDecision.Skip)]
    [InlineData(TriggerRule.OneSuccess, TaskState.Skipped, TaskState.Skipped, RuleDecision.Skip)]
    [InlineData(TriggerRule.OneSuccess, TaskState.Skipped, TaskState.Failed, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.OneFailed, TaskState.Success, TaskState.Skipped, RuleDecision.Skip)]
    [InlineData(TriggerRule.OneDone, TaskState.Skipped, TaskState.Skipped, RuleDecision.Skip)]
    [InlineData(TriggerRule.OneDone, TaskState.Skipped, TaskState.UpstreamFailed, RuleDecision.Skip)]
    [InlineData(TriggerRule.NoneFailed, TaskState.Failed, TaskState.Success, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.NoneFailedMinOneSuccess, TaskState.Skipped, TaskState.Skipped, RuleDecision.Skip)]
    [InlineData(TriggerRule.NoneFailedMinOneSuccess, TaskState.Skipped, TaskState.Failed, RuleDecision.UpstreamFailed)]
    [InlineData(TriggerRule.NoneSkipped, TaskState.Skipped, TaskState.Success, RuleDecision.Skip)]
    [InlineData(TriggerRule.AllSkipped, TaskState.Success, TaskState.Skipped, RuleDecision.Skip)]
    public void A_rule_that_cannot_hold_decides_the_state(TriggerRule rule, TaskState first, TaskState second, RuleDecision expected) =>
        Assert.Equal(expected, Decide(rule, [first, second]));

    private static RuleDecision Decide(TriggerRule rule, TaskState[] states)
    {
        var tally = new UpstreamTally { Total = states.Length };
        foreach (var state in states.Where(s => s.IsFinal())) tally.Count(state);
        return TriggerRules.Decide(rule, tally);
    }
}
