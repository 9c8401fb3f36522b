using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Assets.SomeAssets;

namespace Wizart.Flow.Engine.Tests.Assets;

public sealed class AssetRuleTests
{
    [Fact]
    public void An_asset_that_nobody_makes_is_told_of()
    {
        var found = Assert.Single(AssetRules.Check([Maker("maker", "wizart://a"), Follower("follower", new AllAssets([A, B]))]));
        Assert.Equal((FlowCodes.NobodyMakes, DiagnosticSeverity.Warning), (found.Code, found.Severity));
        Assert.Contains("'wizart://b', which DAG 'follower' follows", found.Message);
    }

    [Fact]
    public void One_asset_has_one_type_in_all_scripts()
    {
        var other = Maker("other", "wizart://a");
        other = other with { Assets = [AssetOf("wizart://a") with { Type = new TypeModel("int") }] };
        var found = Assert.Single(AssetRules.Check([Maker("maker", "wizart://a"), other]));
        Assert.Equal((FlowCodes.AssetTypes, DiagnosticSeverity.Error), (found.Code, found.Severity));
        Assert.Contains("Asset<int> in DAG 'other' and Asset<string> in DAG 'maker'", found.Message);
    }

    [Fact]
    public void Dags_that_start_themselves_or_each_other_are_told_of()
    {
        Assert.Equal([["self"]], Loops(Both("self", A, "wizart://a")));
        Assert.Equal([["left", "right"]], Loops(Both("left", A, "wizart://b"), Both("right", B, "wizart://a"), Follower("downstream", A)));
        Assert.Equal([["one", "two", "three"]], Loops(Both("one", A, "wizart://b"), Both("two", B, "wizart://c"), Both("three", C, "wizart://a")));
        Assert.Equal([["self"]], Loops(Both("self", new AnyAsset([A, B]), "wizart://a")));
        Assert.Equal([["x"], ["y"]], Loops(Both("x", A, "wizart://a"), Both("y", B, "wizart://b")));
        Assert.Single(AssetRules.Check([Both("self", A, "wizart://a")]), d => d.Code == FlowCodes.AssetLoop && d.Severity == DiagnosticSeverity.Warning);
    }

    [Fact]
    public void What_comes_to_a_stand_by_itself_is_no_loop()
    {
        Assert.Empty(Loops(Both("waits_for_another", new AllAssets([A, B]), "wizart://a")));
        Assert.Empty(Loops(Both("waits_for_the_clock", A, "wizart://a", AssetTiming.Waits)));
        Assert.Empty(Loops(Maker("maker", "wizart://a"), Both("middle", A, "wizart://b"), Follower("end", B)));
    }

    private static AssetCondition C { get; } = new AssetUpdated("wizart://c");

    private static DagModel Both(string id, AssetCondition condition, string makes, AssetTiming timing = AssetTiming.Either)
    {
        var follower = Follower(id, condition, timing == AssetTiming.Waits ? Hourly : null, timing);
        return follower with
        {
            Tasks = [EngineWorld.TaskOf(0) with { Output = new TypeModel("string"), Into = [makes] }],
            Assets = [.. follower.Assets, .. condition.Uris.Contains(makes) ? [] : new[] { AssetOf(makes) }],
        };
    }

    private static IReadOnlyList<IReadOnlyList<string>> Loops(params DagModel[] dags) => new AssetGraph(dags).Loops();
}
