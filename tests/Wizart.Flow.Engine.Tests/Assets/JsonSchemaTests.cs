using System.Text.Json;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Tests.Coordination;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Engine.Tests.Assets;

/// <summary>Values from outside are checked against the type that the script declares.</summary>
public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"Name":"oak","Prices":[{"Sku":"a","Amount":1.5}],"Next":null,"Kind":"New"}""", null)]
    [InlineData("""{"Name":"oak","Prices":[],"Next":{"Name":"elm","Prices":[],"Next":null,"Kind":"Old"},"Kind":"New","More":1}""", null)]
    [InlineData("""[]""", "the value must be an object, and is an array.")]
    [InlineData("""{"Prices":[],"Next":null,"Kind":"New"}""", "the value has no 'Name'.")]
    [InlineData("""{"Name":null,"Prices":[],"Next":null,"Kind":"New"}""", "'Name' of the value must be a string, and is null.")]
    [InlineData("""{"Name":"oak","Prices":[{"Sku":"a","Amount":1},{"Sku":"b","Amount":true}],"Next":null,"Kind":"New"}""", "'Amount' of element 1 of 'Prices' of the value")]
    [InlineData("""{"Name":"oak","Prices":[],"Next":{"Name":"elm"},"Kind":"New"}""", "'Next' of the value has no 'Prices'.")]
    [InlineData("""{"Name":"oak","Prices":[],"Next":null,"Kind":"Worn"}""", "'Kind' of the value must be one of")]
    public async Task A_value_is_one_of_its_type_or_is_refused_with_the_place(string json, string? why)
    {
        using var scope = ScriptScope.Begin();
        var asset = Asset<Brand>("wizart://brand");
        Dag("follower").Schedule(asset).Task("t").Run(() => 1);
        await using var world = await new EngineWorld().StartAsync([.. scope.Describe().Dags]);
        var value = JsonDocument.Parse(json).RootElement;
        if (why is null)
        {
            await world.Engine.Assets.UpdateAsync("wizart://brand", value, null, "anna");
            return;
        }

        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.Assets.UpdateAsync("wizart://brand", value, null, "anna"));
        Assert.Contains(why, refused.Message);
        Assert.StartsWith("This is no Brand, the value of asset 'wizart://brand':", refused.Message, StringComparison.Ordinal);
    }

    public sealed record Brand(string Name, IReadOnlyList<Price> Prices, Brand? Next, Kind Kind);

    public sealed record Price(string Sku, decimal Amount);

    public enum Kind
    {
        New,
        Old,
    }
}
