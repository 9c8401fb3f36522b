using System.Runtime.CompilerServices;
using Wizart.Flow.Providers.LoadTest.Arrivals;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Generation;
using Wizart.Flow.Providers.LoadTest.Profiles;

namespace Wizart.Flow.Providers.LoadTest;

/// <summary>
/// A load in parts, one after the other. Rates that follow each other are one schedule, which no slow answer delays; callers
/// (<c>KeepConstant</c>) begin when all earlier calls have ended. Every word gives a new value.
/// </summary>
public sealed class LoadProfile
{
    private readonly LoadTarget _target;
    private readonly IReadOnlyList<ProfilePart> _parts;
    private LoadCondition _stopWhen = new(w => w.ErrorRate > 0.5, "w.ErrorRate > 0.5");

    internal LoadProfile(LoadTarget target, IReadOnlyList<ProfilePart> parts) => (_target, _parts) = (target, parts);

    /// <summary>Sends at a rate.</summary>
    /// <param name="rate">Calls per <paramref name="interval"/>.</param>
    /// <param name="interval">The time over which they are spread evenly.</param>
    /// <param name="during">For how long.</param>
    public LoadProfile Inject(double rate, TimeSpan interval, TimeSpan during)
    {
        var perSecond = PerSecond(rate, interval);
        return Then(new RatePart(perSecond, perSecond, Positive(during)));
    }

    /// <summary>Sends at a rate that grows or falls evenly from the one before (zero at first) to this.</summary>
    public LoadProfile RampingInject(double rate, TimeSpan interval, TimeSpan during) =>
        Then(new RatePart(_parts is [.., RatePart before] ? before.ToRate : 0, PerSecond(rate, interval), Positive(during)));

    /// <summary>Sends at a rate that changes at random each interval, between two bounds. The rates are the same in every run.</summary>
    public LoadProfile InjectRandom(double minRate, double maxRate, TimeSpan interval, TimeSpan during)
    {
        var (least, most) = (PerSecond(minRate, interval), PerSecond(maxRate, interval));
        if (most < least) throw new ArgumentOutOfRangeException(nameof(maxRate), maxRate, "The highest rate must be at least the lowest.");
        return new LoadProfile(_target, [.. _parts, .. RandomRates.Of(least, most, interval, Positive(during))]) { _stopWhen = _stopWhen };
    }

    /// <summary>Keeps as many callers busy, each of which calls again when it is answered: a closed model.</summary>
    public LoadProfile KeepConstant(int copies, TimeSpan during) => Then(new CopyPart(Copies(copies), copies, Positive(during)));

    /// <summary>Brings the number of busy callers evenly from the one before (zero at first) to this.</summary>
    public LoadProfile RampingConstant(int copies, TimeSpan during) =>
        Then(new CopyPart(_parts is [.., CopyPart before] ? before.ToCopies : 0, Copies(copies), Positive(during)));

    /// <summary>Sends nothing for a while.</summary>
    public LoadProfile Pause(TimeSpan during) => Then(new RatePart(0, 0, Positive(during)));

    /// <summary>Harm: nothing more is sent within a second. By default <c>w.ErrorRate &gt; 0.5</c>.</summary>
    public LoadProfile StopWhen(Func<LoadWindow, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        new(_target, _parts) { _stopWhen = new LoadCondition(condition, text) };

    /// <summary>Sends it.</summary>
    /// <param name="run">The attempt: it is told how it goes, and its end ends the test.</param>
    /// <exception cref="Fail">The target does not work at all, or may not be load-tested.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled; what was measured is an artifact of the run.</exception>
    public Task<LoadResult> Run(TaskContext run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new ProfileRun(_target, ProfilePart.Loads(_parts), _stopWhen, run).GoAsync();
    }

    internal ArrivalSchedule Schedule() => ((OpenLoad)ProfilePart.Loads(_parts).Single()).Schedule;

    private LoadProfile Then(ProfilePart part) => new(_target, [.. _parts, part]) { _stopWhen = _stopWhen };

    private static double PerSecond(double rate, TimeSpan interval)
    {
        if (!(rate >= 0) || !double.IsFinite(rate)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate can't be below 0.");
        return rate / Positive(interval).TotalSeconds;
    }

    private static int Copies(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(copies);
        return copies;
    }

    private static TimeSpan Positive(TimeSpan time, [CallerArgumentExpression(nameof(time))] string name = "") =>
        time > TimeSpan.Zero ? time : throw new ArgumentOutOfRangeException(name, time, "The time must be above 0.");
}
