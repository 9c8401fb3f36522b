using System.Text.Json;
using Wizart.Flow.Model;
using static Wizart.Flow.Script;

namespace Wizart.Flow.Tests.Assets;

public sealed class AssetTests
{
    private static readonly AssetUpdated A = new("wizart://a");
    private static readonly AssetUpdated B = new("wizart://b");
    private static readonly AssetUpdated C = new("wizart://c");

    [Fact]
    public void Schedules_of_assets_combine()
    {
        var (a, b, c) = (Asset<int>("wizart://a"), Asset("wizart://b"), Asset<string[]>("wizart://c"));
        Same(A, "On wizart://a", a);
        Same(new AllAssets([A, B]), "On wizart://a and wizart://b", a & b);
        Same(new AnyAsset([A, B, C]), "On wizart://a or wizart://b or wizart://c", a | b | c);
        Same(new AnyAsset([new AllAssets([A, B]), C]), "On (wizart://a and wizart://b) or wizart://c", (a & b) | c);
        Same(new AllAssets([A, new AnyAsset([B, C])]), "On wizart://a and (wizart://b or wizart://c)", a & (b | c));

        static void Same(AssetCondition expected, string text, Schedule schedule)
        {
            var model = Assert.IsType<AssetScheduleModel>(schedule.Model);
            Assert.Equal(expected.ToString(), model.Assets.ToString());
            Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(model.Assets));
            Assert.Equal((text, null, true), (model.Text, model.Time, model.StartsRuns));
        }
    }

    [Fact]
    public void Schedules_of_assets_go_with_the_clock()
    {
        var (a, b) = (Asset<int>("wizart://a"), Asset("wizart://b"));
        var either = Model(a | Daily.At("03:00").In("Europe/Minsk"));
        Assert.Equal(("On wizart://a, or daily at 03:00, Europe/Minsk", AssetTiming.Either, "Europe/Minsk"), (either.Text, either.Timing, ((TimeScheduleModel)either.Time!).Zone));
        Assert.Equal("On wizart://a or wizart://b, or hourly", Model(Hourly | a | b).Text);
        var waits = Model(a.With(Daily.At("03:00")));
        Assert.Equal(("Daily at 03:00, once wizart://a is updated", AssetTiming.Waits, false), (waits.Text, waits.Timing, waits.StartsRuns));
        Assert.Equal("Hourly, once wizart://a and wizart://b are updated", Model((a & b).With(Hourly)).Text);

        static AssetScheduleModel Model(Schedule schedule) => Assert.IsType<AssetScheduleModel>(schedule.Model);
    }

    [Fact]
    public void A_dag_names_its_assets_once_and_its_model_is_the_same_as_json()
    {
        var model = Declared.Dag(() =>
        {
            var prices = Asset<PriceList>("wizart://prices");
            var table = Asset("postgres://dwh/orders");
            var dag = Dag("etl").Schedule(prices | Daily.At("03:00").In("Europe/Minsk")).StartingOn("2026-11-01");
            var list = dag.Task("list").From(prices, prices.Latest, prices.Events, dag.AssetEvents).Run((list, latest, events, all) => list with { Sum = latest.Value.Sum });
            list.Into(prices).Into(table);
            dag.Task("each").ForEach([1, 2]).Run(n => $"{n}").Into(Asset<string[]>("wizart://each")).Into(table);
            dag.Task("tell").Run(() => { }).Into(table);
        });

        Assert.Equal(["wizart://prices", "postgres://dwh/orders", "wizart://each"], model.Assets.Select(a => a.Uri));
        Assert.Equal(["PriceList", null, "string[]"], model.Assets.Select(a => a.Type?.Name));
        Assert.Equal(["wizart://prices", "postgres://dwh/orders"], model.Tasks[0].Into);
        Assert.Equal(["wizart://each", "postgres://dwh/orders"], model.Tasks[1].Into);
        Assert.Equal(["postgres://dwh/orders"], model.Tasks[2].Into);
        Assert.Equal(
            [
                (InputKind.Asset, "wizart://prices", "PriceList"), (InputKind.Asset, "wizart://prices", "AssetUpdate<PriceList>"),
                (InputKind.AssetEvents, "wizart://prices", "IReadOnlyList<AssetUpdate<PriceList>>"), (InputKind.AssetEvents, "", "AssetEvents"),
            ],
            model.Tasks[0].Inputs.Select(i => (i.Kind, i.Name, i.Type.Name)));
        Assert.Equal("Europe/Minsk", model.TimeSchedule!.Zone);
        Assert.Equal(TimeSpan.FromHours(3), model.StartingOn!.Value.Offset);

        var json = JsonSerializer.Serialize(model, ModelJson.Default.DagModel);
        var read = JsonSerializer.Deserialize(json, ModelJson.Default.DagModel)!;
        Assert.Equal(json, JsonSerializer.Serialize(read, ModelJson.Default.DagModel));
        Assert.Equal(model.AssetSchedule!.Assets.ToString(), read.AssetSchedule!.Assets.ToString());
        Assert.Contains("\"required\":[\"Sum\"]", model.Assets[0].Schema!.Value.GetRawText());
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("")]
    [InlineData("wizart:")]
    [InlineData("wizart://my prices")]
    [InlineData("1wizart://prices")]
    [InlineData("wizart://prices\n")]
    public void An_asset_needs_a_uri(string uri)
    {
        Assert.Equal([FlowCodes.BadAsset], Declared.Codes(() => Dag("etl").Task("t").Run(() => 1).Into(Asset<int>(uri))));
        Assert.Equal([FlowCodes.BadAsset], Declared.Codes(() => Dag("etl").Schedule(Asset(uri)).Task("t").Run(() => 1)));
    }

    [Fact]
    public void A_uri_has_an_end()
    {
        Assert.Empty(Declared.Codes(() => Dag("etl").Task("t").Run(() => 1).Into(Asset<int>("x:" + new string('a', 498)))));
        Assert.Equal([FlowCodes.BadAsset], Declared.Codes(() => Dag("etl").Task("t").Run(() => 1).Into(Asset<int>("x:" + new string('a', 499)))));
    }

    [Fact]
    public void One_asset_has_one_type_in_a_script()
    {
        var found = Declared.Error(() =>
        {
            Dag("one").Task("t").Run(() => 1).Into(Asset<int>("wizart://a"));
            Dag("two").Schedule(Asset<string>("wizart://a")).Task("t").Run(() => 1);
        });
        Assert.Equal(FlowCodes.AssetTypes, found.Code);
        Assert.Contains("is declared as Asset<string> here and as Asset<int> at line", found.Message);
        Assert.Equal([FlowCodes.AssetTypes], Declared.Codes(() => Dag("one").Schedule(Asset<int>("wizart://a") & Asset("wizart://a")).Task("t").Run(() => 1)));
    }

    [Fact]
    public void What_makes_no_sense_is_told()
    {
        Assert.Equal([FlowCodes.NotStorable], Declared.Codes(() => Dag("etl").Schedule(Asset<Stream>("wizart://a")).Task("t").Run(() => 1)));
        Assert.Equal([FlowCodes.BadSchedule], Declared.Codes(() => Dag("etl").Schedule(Asset<int>("wizart://a") | Continuously).Task("t").Run(() => 1)));
        Assert.Equal([FlowCodes.BadSchedule], Declared.Codes(() => Dag("etl").Schedule(Asset<int>("wizart://a").With(On("soon"))).Task("t").Run(() => 1)));
        Assert.Equal([FlowCodes.BadSetting], Declared.Codes(() => Dag("etl").Task("t").ForEach(Asset<int[]>("wizart://a")).Run(n => n)));
    }

    public sealed record PriceList(decimal Sum);
}
