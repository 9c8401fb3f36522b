using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class WaitTests
{
    [Fact]
    public void Ending_words_that_wait_are_data()
    {
        var model = Declared.Dag(() =>
        {
            var percent = Param("percent", 10).Between(0, 100);
            var dag = Dag("etl");
            var file = dag.Task("file").From(dag.Interval).WaitUntil(day => day.Start < day.End, every: 10.Seconds(), timeout: 2.Hours(), onTimeout: OnTimeout.Skip);
            dag.Task("other").After(file).WaitFor("hourly", "load");
            Output<TriggeredRun> started = dag.Task("start").From(dag.Interval).Trigger("reindex", day => new { since = day.Start }, wait: true, sameInterval: true);
            dag.Task("fixed").Trigger("reindex", new { full = true });
            Output<Decision> asked = dag.Task("ask").From(started).Approve(run => new Form($"Publish {run.RunId}?").Text("all of it").Ask(percent), timeout: 1.Days());
            dag.Task("plain").Approve("Sure?");
            dag.Task("use").From(asked).Run(decision => decision.Get<int>("percent"));
        });

        var waits = model.Tasks.Select(t => t.Wait).ToArray();
        Assert.Equal(new WaitModel { Kind = WaitKind.Condition, Every = 10.Seconds(), Timeout = 2.Hours(), OnTimeout = OnTimeout.Skip, HasBody = true }, waits[0]);
        Assert.Equal(new WaitModel { Kind = WaitKind.DagRun, DagId = "hourly", TaskId = "load", Timeout = 7.Days() }, waits[1]);
        Assert.Equal((WaitKind.Triggered, "reindex", true, true, true), (waits[2]!.Kind, waits[2]!.DagId, waits[2]!.UntilEnd, waits[2]!.SameInterval, waits[2]!.HasBody));
        Assert.True(waits[3]!.Params!["full"].GetBoolean());
        Assert.Equal((WaitKind.Approval, true, 1.Days()), (waits[4]!.Kind, waits[4]!.HasBody, waits[4]!.Timeout));
        Assert.Equal(("Sure?", false), (waits[5]!.Form!.Title, waits[5]!.HasBody));
        Assert.Null(waits[6]);
        Assert.Equal(
            [TaskKind.Sensor, TaskKind.Sensor, TaskKind.TriggerDag, TaskKind.TriggerDag, TaskKind.Approval, TaskKind.Approval, TaskKind.Body],
            model.Tasks.Select(t => t.Kind));
        Assert.Equal([[], [0], [], [], [2], [], [4]], model.Tasks.Select(t => t.Upstream));
        var json = JsonSerializer.Serialize(model, ModelJson.Default.DagModel);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ModelJson.Default.DagModel), ModelJson.Default.DagModel));
    }

    [Fact]
    public void Mapped_tasks_wait_element_by_element()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl");
            dag.Task("files").ForEach([1, 2, 3]).WaitUntil(n => n > 2);
            MappedOutput<TriggeredRun> runs = dag.Task("starts").ForEach([1, 2]).Trigger("child", n => new { n }, wait: true);
            dag.Task("sum").From(runs).Run(all => all.Length);
        });
        Assert.Equal([WaitKind.Condition, WaitKind.Triggered, null], model.Tasks.Select(t => t.Wait?.Kind));
    }

    [Fact]
    public void A_dag_does_not_wait_for_itself()
    {
        var codes = Declared.Codes(() =>
        {
            var dag = Dag("etl");
            dag.Task("a").WaitFor(dag);
            dag.Task("b").Trigger("etl", wait: true);
            dag.Task("c").Trigger("etl"); // starts the next one and goes on
        });
        Assert.Equal([FlowCodes.BadSetting, FlowCodes.BadSetting], codes);
    }

    [Fact]
    public void Bad_settings_are_told()
    {
        var errors = Declared.Script(() =>
        {
            var dag = Dag("etl");
            dag.Task("a").WaitUntil(() => true, every: TimeSpan.Zero);
            dag.Task("b").WaitUntil(() => true, timeout: -1.Seconds());
            dag.Task("c").WaitFor(" ");
            dag.Task("d").Trigger("x", 5);
        }).Diagnostics;
        Assert.Equal(4, errors.Count);
        Assert.Contains("looks every 00:00:00", errors.Single(e => e.Message.Contains("'a'", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("no object", errors.Single(e => e.Message.Contains("'d'", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }
}
