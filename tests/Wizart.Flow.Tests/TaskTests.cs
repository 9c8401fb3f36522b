using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests;

public sealed class TaskTests
{
    [Fact]
    public void A_task_keeps_all_that_is_said_of_it()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("a").Retry(1, Backoff.Fixed(5.Seconds()));
            var first = dag.Task("first").Run(() => 1);
            dag.Task("second").Describe("Twice").After(first).When(AllDone).Timeout(5.Minutes()).Priority(3).AllowFailure()
                .Retry(4, Backoff.Exponential(1.Seconds(), max: 1.Minutes()), on: error => error is TimeoutException).Run(() => { });
        });

        var (first, second) = (model.Tasks[0], model.Tasks[1]);
        Assert.Equal(new RetryModel(1, Backoff.Fixed(5.Seconds())), first.Retry);
        Assert.Equal("int", first.Output!.Name);
        Assert.Equal(("second", 1, "Twice", TriggerRule.AllDone), (second.Id, second.Index, second.Description, second.TriggerRule));
        Assert.Equal(((TimeSpan?)5.Minutes(), 3, true), (second.Timeout, second.Priority, second.AllowFailure));
        Assert.Equal(new RetryModel(4, Backoff.Exponential(1.Seconds(), 1.Minutes()), HasFilter: true), second.Retry);
        Assert.Equal([0], second.Upstream);
        Assert.Equal([0], second.After);
        Assert.Null(second.Output);
    }

    [Fact]
    public void Data_makes_edges_and_order_without_data_is_told_apart()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("a");
            var one = dag.Task("one").Run(() => 1);
            var two = dag.Task("two").Run(() => 2);
            var nothing = dag.Task("nothing").Run(() => { });
            dag.Task("sum").From(two, one, two).After(nothing, one).Run((a, b, c) => a + b + c);
        });

        Assert.Equal([0, 1, 2], model.Tasks[3].Upstream);
        Assert.Equal([2], model.Tasks[3].After);
        Assert.Equal(["two", "one", "two"], model.Tasks[3].Inputs.Select(i => i.Name));
        Assert.All(model.Tasks[3].Inputs, i => Assert.Equal((InputKind.Output, "int"), (i.Kind, i.Type.Name)));
    }

    [Fact]
    public void Inputs_of_every_kind_are_data()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("a");
            dag.Task("all")
                .From(Connection<HttpClient>("shop"), Variable("rate", 1.5m), Param("year", 2026), dag.Interval, dag.LogicalDate, dag.Context)
                .Run((shop, rate, year, interval, date, context) => year);
        });

        Assert.Equal(
            ["Connection shop HttpClient", "Variable rate decimal", "Param year int", "Interval  DataInterval", "LogicalDate  DateTimeOffset", "Context  TaskContext"],
            model.Tasks[0].Inputs.Select(i => $"{i.Kind} {i.Name} {i.Type}"));
        Assert.Equal("1.5", model.Tasks[0].Inputs[1].Default!.Value.GetRawText());
        Assert.Equal("year", Assert.Single(model.Params).Name);
    }

    [Fact]
    public void The_condition_is_kept_as_it_was_written()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("a");
            var rows = dag.Task("rows").Run(() => new[] { 1 });
            dag.Task("load").From(rows).OnlyIf(rows => rows.Length > 0).Run(rows => { });
        });
        Assert.Equal("rows => rows.Length > 0", model.Tasks[1].Condition);
        Assert.Null(model.Tasks[0].Condition);
    }

    [Fact]
    public void Two_tasks_of_one_id_are_refused()
    {
        var error = Declared.Error(() =>
        {
            var dag = Dag("a");
            dag.Task("x").Run(() => { });
            dag.Task("x").Run(() => { });
        });
        Assert.Equal(FlowCodes.DuplicateTask, error.Code);
        Assert.Contains("'x'", error.Message);
    }

    [Fact]
    public void A_task_without_an_ending_is_refused() => Assert.Equal(FlowCodes.NoEnding, Declared.Error(() => Dag("a").Task("x")).Code);

    [Fact]
    public void A_task_with_two_endings_is_refused() => Assert.Equal(FlowCodes.NoEnding, Declared.Error(() =>
    {
        var task = Dag("a").Task("x");
        task.Run(() => 1);
        task.Run(() => 2);
    }).Code);

    [Fact]
    public void Tasks_that_wait_for_each_other_are_refused_with_their_way()
    {
        var error = Declared.Error(() =>
        {
            var dag = Dag("a");
            var (x, y, z) = (dag.Task("x"), dag.Task("y"), dag.Task("z"));
            x.After(z).Run(() => { });
            y.After(x).Run(() => { });
            z.After(y).Run(() => { });
            dag.Task("behind").After(z).Run(() => { });
        });
        Assert.Equal(FlowCodes.Cycle, error.Code);
        Assert.Contains("x → y → z → x", error.Message);
    }

    [Fact]
    public void A_task_that_waits_for_itself_is_refused() => Assert.Contains("x → x", Declared.Error(() =>
    {
        var x = Dag("a").Task("x");
        x.After(x).Run(() => { });
    }).Message);

    [Fact]
    public void A_task_of_another_dag_is_refused_as_input_and_as_order()
    {
        var description = Declared.Script(() =>
        {
            var other = Dag("other").Task("rows").Run(() => 1);
            var dag = Dag("a");
            dag.Task("x").From(other).Run(rows => { });
            dag.Task("y").After(other).Run(() => { });
        });
        Assert.Equal([FlowCodes.ForeignTask, FlowCodes.ForeignTask], description.Diagnostics.Select(d => d.Code));
        Assert.All(description.Diagnostics, d => Assert.Contains("DAG 'other'", d.Message));
        Assert.All(description.Dags[1].Tasks, t => Assert.Empty(t.Upstream));
    }

    [Fact]
    public void An_output_that_can_not_be_stored_is_refused_before_the_first_run()
    {
        var error = Declared.Error(() => Dag("a").Task("x").Run(() => new MemoryStream()));
        Assert.Equal(FlowCodes.NotStorable, error.Code);
        Assert.Contains("artifact", error.Message);
    }

    [Fact]
    public void A_connection_that_no_provider_makes_is_refused()
    {
        var types = new Connections.ConnectionTypes().Add<HttpClient>(["http"], (settings, scope) => new HttpClient());
        using var scope = ScriptScope.Begin(types);
        Dag("a").Task("x").From(Connection<HttpClient>("shop"), Connection<MemoryStream>("drop")).Run((shop, drop) => { });
        var error = Assert.Single(scope.Describe().Diagnostics);
        Assert.Equal(FlowCodes.UnknownConnectionType, error.Code);
        Assert.Contains("Known are: HttpClient", error.Message);
    }

    [Fact]
    public void Ten_thousand_tasks_in_a_chain_are_checked()
    {
        var model = Declared.Dag(() =>
        {
            var dag = Dag("long");
            ITask? last = null;
            for (var i = 0; i < 10_000; i++)
            {
                var task = dag.Task($"t{i}");
                if (last is not null) task.After(last);
                last = task.Run(() => { });
            }
        });
        Assert.Equal(9_998, Assert.Single(model.Tasks[9_999].Upstream));
    }
}
