using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Assets;

/// <summary>DAGs that make and follow assets.</summary>
internal static class SomeAssets
{
    public static AssetCondition A { get; } = new AssetUpdated("wizart://a");

    public static AssetCondition B { get; } = new AssetUpdated("wizart://b");

    /// <summary>A DAG of one task, which updates assets with its output.</summary>
    public static DagModel Maker(string id, params string[] uris) => EngineWorld.DagOf(
        id, EngineWorld.TaskOf(0) with { Output = new TypeModel("string"), Into = uris }) with
    {
        Assets = [.. uris.Select(AssetOf)],
    };

    /// <summary>A DAG of one task, run by updates.</summary>
    public static DagModel Follower(string id, AssetCondition condition, TimeScheduleModel? time = null, AssetTiming timing = AssetTiming.Either) =>
        EngineWorld.DagOf(id, EngineWorld.TaskOf(0)) with
        {
            Schedule = new AssetScheduleModel(condition) { Time = time, Timing = timing, Text = $"on {condition}" },
            Assets = [.. condition.Uris.Select(AssetOf)],
        };

    public static AssetModel AssetOf(string uri) => new() { Uri = uri, Type = new TypeModel("string") };

    public static TimeScheduleModel Hourly { get; } = new CronScheduleModel("0 * * * *") { Text = "Hourly" };
}
