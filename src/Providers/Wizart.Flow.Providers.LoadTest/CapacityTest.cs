using System.Runtime.CompilerServices;
using Wizart.Flow.Providers.LoadTest.Capacity;
using Wizart.Flow.Providers.LoadTest.Generation;

namespace Wizart.Flow.Providers.LoadTest;

/// <summary>A search for the highest rate that a service holds. Every word gives a new value.</summary>
public sealed class CapacityTest
{
    private readonly LoadTarget _target;
    private readonly CapacitySettings _settings;

    internal CapacityTest(LoadTarget target, double from, double upTo, TimeSpan hold)
        : this(target, Checked(from, upTo, hold))
    {
    }

    private CapacityTest(LoadTarget target, CapacitySettings settings) => (_target, _settings) = (target, settings);

    /// <summary>
    /// The service level: a step whose window does not meet it has failed, and the search goes on below. By default
    /// <c>w.ErrorRate &lt; 0.01</c>. A step in which ever more calls pile up has failed in any case.
    /// </summary>
    public CapacityTest PassWhile(Func<LoadWindow, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        With(_settings with { PassWhile = new LoadCondition(condition, text) });

    /// <summary>
    /// Harm: nothing more is sent within a second, and the search ends. By default <c>w.ErrorRate &gt; 0.5</c>.
    /// </summary>
    public CapacityTest StopWhen(Func<LoadWindow, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        With(_settings with { StopWhen = new LoadCondition(condition, text) });

    /// <summary>How near the highest rate held and the first failing one come before the search is content; 0.03 by default.</summary>
    /// <param name="share">From 0.005 to 0.5.</param>
    public CapacityTest Precision(double share) => With(_settings with { Precision = Within(share, 0.005, 0.5) });

    /// <summary>By how much the rate grows from step to step; 1.4 by default.</summary>
    /// <param name="factor">From 1.05 to 2.</param>
    public CapacityTest Growth(double factor) => With(_settings with { Growth = Within(factor, 1.05, 2) });

    /// <summary>How many calls a window must have to be judged; 100 by default. Slow steps are held longer to get them.</summary>
    public CapacityTest MinSamples(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 10);
        return With(_settings with { Fewest = calls });
    }

    /// <summary>How long the first rate is held before anything is judged; half a step by default.</summary>
    public CapacityTest WarmUp(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return With(_settings with { WarmUp = time });
    }

    /// <summary>Stops the search when this much time or this many calls are used up. Without bounds by default.</summary>
    public CapacityTest Budget(TimeSpan? time = null, long? calls = null) => With(_settings with { MostTime = time, MostCalls = calls });

    /// <summary>Searches.</summary>
    /// <param name="run">The attempt: it is told how it goes, and its end ends the test.</param>
    /// <exception cref="Fail">The target does not work at all, or may not be load-tested.</exception>
    /// <exception cref="OperationCanceledException">The attempt was cancelled; what was found so far is an artifact of the run.</exception>
    public Task<CapacityResult> Run(TaskContext run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new CapacityReport(_settings, run).RunAsync(_target);
    }

    private CapacityTest With(CapacitySettings settings) => new(_target, settings);

    private static CapacitySettings Checked(double from, double upTo, TimeSpan hold)
    {
        if (!(from > 0) || !double.IsFinite(from)) throw new ArgumentOutOfRangeException(nameof(from), from, "The first rate must be above 0.");
        if (!(upTo >= from) || !double.IsFinite(upTo))
            throw new ArgumentOutOfRangeException(nameof(upTo), upTo, "The highest rate must be at least the first rate.");
        if (hold < TimeSpan.FromSeconds(1)) throw new ArgumentOutOfRangeException(nameof(hold), hold, "A step must be held for at least a second.");
        return new CapacitySettings(from, upTo, hold);
    }

    private static double Within(double value, double least, double most, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"Give a value from {least} to {most}.");
}
