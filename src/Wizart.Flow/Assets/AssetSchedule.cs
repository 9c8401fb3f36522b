using System.ComponentModel;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>
/// A DAG runs when assets are updated: <c>prices</c>, <c>a &amp; b</c> (all have been updated since the last run), <c>a | b</c>
/// (any), nested as needed; with the clock as well: <c>prices | Daily.At("03:00")</c>, <c>prices.With(Daily.At("03:00"))</c>.
/// </summary>
public abstract class AssetSchedule : Schedule
{
    private protected AssetSchedule()
    {
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override ScheduleModel Model => new AssetScheduleModel(Condition) { Text = $"On {Condition}" };

    internal abstract AssetCondition Condition { get; }

    internal abstract IReadOnlyList<NamedAsset> Assets { get; }

    internal override IReadOnlyList<NamedAsset> NamedAssets => Assets;

    /// <summary>Runs when both have come true since the last run.</summary>
    public static AssetSchedule operator &(AssetSchedule left, AssetSchedule right) => Combine(left, right, isAll: true);

    /// <summary>Runs when either comes true.</summary>
    public static AssetSchedule operator |(AssetSchedule left, AssetSchedule right) => Combine(left, right, isAll: false);

    /// <summary>Runs on updates, and by the clock.</summary>
    public static TimedAssetSchedule operator |(AssetSchedule left, TimeSchedule right) => new(left, right, AssetTiming.Either);

    /// <summary>Runs by the clock, and on updates.</summary>
    public static TimedAssetSchedule operator |(TimeSchedule left, AssetSchedule right) => new(right, left, AssetTiming.Either);

    /// <summary>Not a word: a clock is at one time, and never "updated" afterwards.</summary>
    [Obsolete("An asset and the clock: write prices.With(Daily.At(\"03:00\")), where the clock's run waits for the asset, or prices | Daily.At(\"03:00\") for either.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static TimedAssetSchedule operator &(AssetSchedule left, TimeSchedule right) => throw new NotSupportedException();

    /// <summary>
    /// The run that the clock makes due waits for the assets: it is created once they have been updated since the last run,
    /// which may be before its time (then it starts on time) or after.
    /// </summary>
    public TimedAssetSchedule With(TimeSchedule time) => new(this, time, AssetTiming.Waits);

    private static Combined Combine(AssetSchedule left, AssetSchedule right, bool isAll)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        // a & b & c is one list of three, not a list in a list.
        IReadOnlyList<AssetCondition> of = [.. Parts(left.Condition, isAll), .. Parts(right.Condition, isAll)];
        return new Combined(isAll ? new AllAssets(of) : new AnyAsset(of), [.. left.Assets, .. right.Assets]);
    }

    private static IReadOnlyList<AssetCondition> Parts(AssetCondition condition, bool isAll) => condition switch
    {
        AllAssets all when isAll => all.Of,
        AnyAsset any when !isAll => any.Of,
        _ => [condition],
    };

    private sealed class Combined(AssetCondition condition, IReadOnlyList<NamedAsset> assets) : AssetSchedule
    {
        internal override AssetCondition Condition => condition;

        internal override IReadOnlyList<NamedAsset> Assets => assets;
    }
}

/// <summary>Updates of assets together with the clock.</summary>
public sealed class TimedAssetSchedule : Schedule
{
    private readonly AssetSchedule _assets;
    private readonly TimeSchedule _time;
    private readonly AssetTiming _timing;

    internal TimedAssetSchedule(AssetSchedule assets, TimeSchedule time, AssetTiming timing)
    {
        ArgumentNullException.ThrowIfNull(assets);
        ArgumentNullException.ThrowIfNull(time);
        (_assets, _time, _timing) = (assets, time, timing);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override ScheduleModel Model => new AssetScheduleModel(_assets.Condition)
    {
        Time = _time.Model,
        Timing = _timing,
        Text = _timing == AssetTiming.Either
            ? $"On {_assets.Condition}, or {ScheduleText.Inner(_time.Model.Text)}"
            : $"{_time.Model.Text}, once {_assets.Condition} {(_assets.Condition is AssetUpdated ? "is" : "are")} updated",
    };

    internal override IReadOnlyList<NamedAsset> NamedAssets => _assets.Assets;

    internal override IReadOnlyList<Diagnostic> Problems => _time.Model is ContinuousScheduleModel
        ? [.. _time.Problems, ScheduleProblems.Bad("Continuously can't go together with assets: such a DAG never stands still. Leave one of them out.", null)]
        : _time.Problems;

    /// <summary>One more asset whose update runs the DAG.</summary>
    public static TimedAssetSchedule operator |(TimedAssetSchedule left, AssetSchedule right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left._timing == AssetTiming.Either
            ? new TimedAssetSchedule(left._assets | right, left._time, AssetTiming.Either)
            : throw new InvalidOperationException("A schedule made by With(…) can't be followed by |. Put the assets together first: (a | b).With(…).");
    }
}
