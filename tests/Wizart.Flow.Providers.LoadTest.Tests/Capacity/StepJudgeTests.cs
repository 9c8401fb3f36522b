using Wizart.Flow.Providers.LoadTest.Calls;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Statistics;

namespace Wizart.Flow.Providers.LoadTest.Tests.Capacity;

public class StepJudgeTests
{
    private static readonly StepPlan Plan = new(1, LoadStepKind.Climb, 100, 1.Seconds(), 9.Seconds());

    [Fact]
    public void A_window_with_too_few_calls_is_not_judged()
    {
        var (verdict, reason) = Judge(calls: 50, _ => (TimeSpan.Zero, 10.Milliseconds(), CallOutcome.Good));
        Assert.Equal(LoadVerdict.Inconclusive, verdict);
        Assert.Contains("are needed", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_samples_at_all_are_no_pass() =>
        Assert.Equal(LoadVerdict.Inconclusive, Judge(calls: 0, _ => default).Verdict);

    [Fact]
    public void The_figure_that_decided_is_named()
    {
        Assert.Equal((LoadVerdict.Failed, "p95 400.1 ms"), Judge(1_000, _ => (TimeSpan.Zero, 400.Milliseconds(), CallOutcome.Good)));
        Assert.Equal((LoadVerdict.Failed, "error rate 10 %"), Judge(1_000, n => (TimeSpan.Zero, 10.Milliseconds(), n % 10 == 0 ? CallOutcome.ServerError : CallOutcome.Good)));
        Assert.Equal((LoadVerdict.Passed, ""), Judge(1_000, _ => (TimeSpan.Zero, 10.Milliseconds(), CallOutcome.Good)));
    }

    [Fact]
    public void Failures_that_come_back_at_once_make_no_service_quick()
    {
        var recorder = Recorded(1_000, n => (TimeSpan.Zero, n % 2 == 0 ? 1.Milliseconds() : 400.Milliseconds(), n % 2 == 0 ? CallOutcome.ServerError : CallOutcome.Good));
        Assert.True(recorder.Window.Latency.At(1) >= 399.Milliseconds());
    }

    [Fact]
    public void Calls_that_pile_up_fail_whatever_the_level_says()
    {
        var judge = new StepJudge(_ => true, 100);
        var measured = new StepMeasurement(Plan, Recorded(1_000, n => (TimeSpan.Zero, (10 + (n * 2)).Milliseconds(), CallOutcome.Good)), 0, null);
        var (verdict, reason) = judge.Judge(measured);
        Assert.Equal(LoadVerdict.Failed, verdict);
        Assert.StartsWith("backlog grew", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_that_is_the_generators_own_is_inconclusive()
    {
        var (verdict, reason) = Judge(1_000, _ => (350.Milliseconds(), 10.Milliseconds(), CallOutcome.Good));
        Assert.Equal(LoadVerdict.Inconclusive, verdict);
        Assert.Contains("late", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_that_were_not_sent_are_no_pass()
    {
        var recorder = Recorded(900, _ => (TimeSpan.Zero, 10.Milliseconds(), CallOutcome.Good));
        for (var n = 900; n < 1_000; n++) recorder.Offered((n * 10).Milliseconds(), dropped: true);
        var (verdict, reason) = Judge(recorder);
        Assert.Equal(LoadVerdict.Inconclusive, verdict);
        Assert.Contains("of 900 calls were sent", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settling_time_is_left_out()
    {
        var recorder = Recorded(1_000, n => (TimeSpan.Zero, n < 100 ? 900.Milliseconds() : 10.Milliseconds(), CallOutcome.Good));
        Assert.Equal(LoadVerdict.Passed, Judge(recorder).Verdict);
        Assert.Equal((900, 1_000), (recorder.Window.Offered, recorder.Whole.Offered));
    }

    private static (LoadVerdict Verdict, string Reason) Judge(int calls, Func<int, (TimeSpan, TimeSpan, CallOutcome)> answer) => Judge(Recorded(calls, answer));

    private static (LoadVerdict Verdict, string Reason) Judge(StepRecorder recorder) =>
        new StepJudge(w => w.ErrorRate < 0.01 && w.P95 < 300.Milliseconds(), 100).Judge(new StepMeasurement(Plan, recorder, 0.2, null));

    private static StepRecorder Recorded(int calls, Func<int, (TimeSpan Late, TimeSpan Service, CallOutcome Outcome)> answer)
    {
        var recorder = new StepRecorder(Plan.Settle, Plan.Length);
        for (var n = 0; n < calls; n++)
        {
            var intended = (n * 10).Milliseconds();
            var (late, service, outcome) = answer(n);
            recorder.Offered(intended, dropped: false);
            recorder.Started(intended, intended + late);
            recorder.Ended(new CallSample(intended, intended + late, intended + late + service, new CallEnd(outcome, null, null)));
        }

        return recorder;
    }
}
