using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Csv.Tests;

public class LanguageTests
{
    private sealed record Step(int Rps, TimeSpan P95);

    [Fact]
    public void Files_and_tables_go_from_task_to_task()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes());
        var dag = Dag("sample");
        var steps = dag.Task("measure").Run(() => new[] { new Step(1, TimeSpan.Zero) });

        Output<Artifact> csv = dag.Task("csv").From(steps).Run(steps => Csv.Write("steps.csv", steps));
        Output<Step[]> table = dag.Task("table").From(csv).Run(file => Csv.Read<Step>(file));
        Output<Table> frame = dag.Task("frame").From(table).Run(steps => Table.Of(steps).OrderByDescending("Rps"));
        dag.Task("text").From(frame).Run(frame => frame.ToMarkdown());

        Assert.Equal(5, script.TaskCount);
        Assert.Empty(script.Describe().Diagnostics);
    }
}
