using Wizart.Flow.Connections;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Providers.Http.Tests;

public class LanguageTests
{
    private sealed record Order(string Country, decimal Amount);

    [Fact]
    public void Bodies_call_an_api_as_they_read()
    {
        using var script = ScriptScope.Begin(new ConnectionTypes().AddHttp());
        var shop = Connection<HttpApi>("shop");
        var dag = Dag("sample");

        Output<Order[]> orders = dag.Task("extract")
            .From(shop, dag.Interval)
            .Run((shop, day) => shop.Get<Order[]>($"/orders?from={day.Start:O}&to={day.End:O}"));
        Output<int> id = dag.Task("post").From(shop, orders).Run((shop, orders) => shop.Post<int>("/orders", orders));
        dag.Task("put").From(shop, orders).Run((shop, orders) => shop.Put("/orders", orders));
        dag.Task("delete").From(shop, id).Run((shop, id) => shop.Delete($"/orders/{id}"));

        Assert.Equal(4, script.TaskCount);
        Assert.Empty(script.Describe().Diagnostics);
    }
}
