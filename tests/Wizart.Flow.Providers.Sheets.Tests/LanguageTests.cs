using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Sheets.Tests;

public class LanguageTests
{
    private sealed record LoadStep(int Rps, TimeSpan P95);

    [Fact]
    public void Bodies_write_sheets_as_they_read()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddSheets());
        var google = Connection<GoogleSheets>("metrics-sheet");
        var dag = Dag("sample");

        Output<LoadStep[]> table = dag.Task("table").Run(() => new[] { new LoadStep(20, TimeSpan.FromSeconds(1)) });
        Output<SheetWrite> sheet = dag.Task("sheet")
            .From(google, table, dag.LogicalDate)
            .Run((google, steps, date) => google.Upsert("Load tests", steps, key: s => new { date, s.Rps }));
        Output<string> url = dag.Task("tell").From(sheet).Run(sheet => sheet.Url);
        dag.Task("read").From(google, url).Run((google, _) => google.Read<LoadStep>("Load tests"));
        dag.Task("chart").From(google, url).Run((google, _) => google.AddChart("Load tests", new SheetChart("p95", "Rps", "P95")));
        dag.Task("clear").From(google, url).Run((google, _) => google.Clear("Load tests"));

        Assert.Equal(6, script.TaskCount);
        Assert.Empty(script.Describe().Diagnostics);
    }
}
