using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class GroupTests
{
    [Fact]
    public void Groups_nest_and_their_ids_stand_before_those_of_their_tasks()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl");
            var checks = dag.Group("checks").Describe("all checks");
            checks.Task("a").Run(() => 1);
            checks.Group("deep").Task("a").Run(() => 2);
            dag.Task("a").Run(() => 3);
        });
        Assert.Equal(["checks.a", "checks.deep.a", "a"], model.Tasks.Select(t => t.Id));
        Assert.Equal([0, 1, null], model.Tasks.Select(t => t.Group));
        Assert.Equal([("checks", null), ("checks.deep", 0)], model.Groups.Select(g => (g.Id, g.Parent)));
        var json = JsonSerializer.Serialize(model, ModelJson.Default.DagModel);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ModelJson.Default.DagModel), ModelJson.Default.DagModel));
    }

    [Fact]
    public void A_group_waits_with_its_first_tasks_and_is_waited_for_by_its_last()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl");
            var before = dag.Task("before").Run(() => 1);
            var checks = dag.Group("checks").After(before);
            var a = checks.Task("a").Run(() => 1);
            checks.Task("b").From(a).Run(x => x);
            checks.Task("c").Run(() => 1);
            var load = dag.Group("load").After(checks);
            load.Task("d").Run(() => 1);
            dag.Task("end").After(load).After(before).Run(() => 1);
        });
        Assert.Equal(
            ["", "before", "checks.a", "before", "checks.b checks.c", "before load.d"],
            model.Tasks.Select(t => string.Join(" ", t.Upstream.Select(u => model.Tasks[u].Id))));
    }

    [Fact]
    public void What_a_task_says_itself_counts_then_the_nearest_group_then_the_dag()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl").Retry(1);
            var outer = dag.Group("outer").Defaults(d => d.Retry(2).Timeout(5.Minutes()));
            var inner = outer.Group("inner").Defaults(d => d.Retry(3).When(TriggerRule.AllDone));
            dag.Task("a").Run(() => 1);
            outer.Task("b").Run(() => 1);
            inner.Task("c").Run(() => 1);
            inner.Task("d").Retry(4).Timeout(1.Minutes()).When(TriggerRule.Always).Run(() => 1);
        });
        Assert.Equal([1, 2, 3, 4], model.Tasks.Select(t => t.Retry.Count));
        Assert.Equal([null, 5.Minutes(), 5.Minutes(), 1.Minutes()], model.Tasks.Select(t => t.Timeout));
        Assert.Equal([TriggerRule.AllSuccess, TriggerRule.AllSuccess, TriggerRule.AllDone, TriggerRule.Always], model.Tasks.Select(t => t.TriggerRule));
    }

    [Fact]
    public void Tasks_of_a_mapped_group_follow_each_other_by_element_and_come_together_outside()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl");
            var brands = dag.Task("brands").Run(() => new[] { "oak", "ash" });
            var each = dag.Group("brand").ForEach(brands).Named(b => b).AtMost(3);
            var feed = each.Task("fetch").From(each.Element).Run(brand => brand.Length);
            var price = each.Task("price").From(feed, each.Element).Run((feed, brand) => feed * 2m);
            dag.Task("publish").From(each.All(price)).Run(prices => prices.Sum());
        });
        Assert.Equal(["", "brands", "brand.fetch", "brand.price"], model.Tasks.Select(t => string.Join(" ", t.Upstream.Select(u => model.Tasks[u].Id))));
        Assert.Equal([null, "brands", "brands", null], model.Tasks.Select(t => t.ForEach?.Name));
        Assert.Equal([null, 3, 3, null], model.Tasks.Select(t => t.AtMost));
        Assert.Equal(InputKind.MappedOutput, model.Tasks[3].Inputs[0].Kind);
    }

    [Fact]
    public void A_teardown_comes_after_all_that_follows_its_setup()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("etl");
            var cluster = dag.Group("cluster");
            var start = cluster.Task("start").Run(() => 1);
            var a = cluster.Task("a").From(start).Run(x => x);
            cluster.Task("b").After(a).Run(() => 1);
            cluster.Task("c").After(start).Run(() => 1);
            cluster.Task("stop").Run(() => { }).Teardown(of: start);
            dag.Task("after").After(cluster).Run(() => 1);
        });
        var stop = model.Tasks[4];
        Assert.Equal(0, stop.TeardownOf);
        Assert.Equal(["cluster.start", "cluster.b", "cluster.c"], stop.Upstream.Select(u => model.Tasks[u].Id));
        Assert.Equal(["cluster.b", "cluster.c"], model.Tasks[5].Upstream.Select(u => model.Tasks[u].Id));
    }

    [Fact]
    public void What_cannot_be_in_a_group_is_told()
    {
        Assert.Equal(FlowCodes.BadGroup, Declared.Error(() => { var dag = Dag("d"); dag.Task("t").Run(() => 1); dag.Group("empty"); }).Code);
        Assert.Contains("From(brand.All(…))", Declared.Error(() =>
        {
            var dag = Dag("d");
            var each = dag.Group("brand").ForEach(["a"]);
            var x = each.Task("x").From(each.Element).Run(e => e);
            dag.Task("y").From(x).Run(e => e);
        }).Message, StringComparison.Ordinal);
        Assert.Contains("mapped already", Declared.Error(() =>
        {
            var dag = Dag("d");
            var each = dag.Group("brand").ForEach(["a"]);
            each.Task("x").ForEach([1]).Run(e => e);
        }).Message, StringComparison.Ordinal);
        Assert.Contains("mapped already", Declared.Error(() =>
        {
            var dag = Dag("d");
            var each = dag.Group("brand").ForEach(["a"]);
            each.Group("deep").ForEach([1]).Task("x").Run(() => 1);
        }).Message, StringComparison.Ordinal);
        Assert.Contains("retried as one", Declared.Error(() =>
        {
            var dag = Dag("d");
            dag.Group("a").Retry(1).Group("b").Retry(1).Task("x").Run(() => 1);
        }).Message, StringComparison.Ordinal);
        Assert.Contains("second group 'a'", Declared.Error(() =>
        {
            var dag = Dag("d");
            dag.Group("a").Task("x").Run(() => 1);
            dag.Group("a").Task("y").Run(() => 1);
        }).Message, StringComparison.Ordinal);
        Assert.Contains("would have to wait for", Declared.Script(() =>
        {
            var dag = Dag("d");
            var each = dag.Group("brand").ForEach(["a"]);
            var x = each.Task("x").From(each.Element).Run(e => e);
            each.Task("y").From(each.All(x)).Run(e => e.Length);
        }).Diagnostics[0].Message, StringComparison.Ordinal);
    }
}
