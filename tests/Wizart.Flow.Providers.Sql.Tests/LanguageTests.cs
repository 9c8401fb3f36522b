using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Sql.Tests;

public class LanguageTests
{
    private sealed record Brand(string Name, string Feed);

    [Fact]
    public void Bodies_use_a_database_as_they_read()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddSql());
        var warehouse = Connection<Database>("warehouse");
        var dag = Dag("sample");

        Output<Brand[]> brands = dag.Task("brands").From(warehouse).Run(db => db.Query<Brand>($"select name, feed from brands where active = 1"));
        Output<int> written = dag.Task("load")
            .From(warehouse, brands)
            .OnlyIf((_, rows) => rows.Length > 0)
            .Run((db, rows) => db.Upsert("brands_copy", rows, key: t => new { t.Name }));
        Output<int> count = dag.Task("transaction").From(warehouse, written).Run((db, _) => db.Transaction(async db =>
        {
            await db.Execute($"delete from brands");
            return await db.Scalar<int>($"select count(*) from brands");
        }));
        dag.Task("plain").From(warehouse, count).Run((db, _) => db.Transaction(db => db.Execute($"vacuum")));

        Assert.Equal(4, script.TaskCount);
        Assert.Empty(script.Describe().Diagnostics);
    }
}
