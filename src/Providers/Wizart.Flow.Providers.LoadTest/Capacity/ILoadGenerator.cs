namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>What holds steps: the real one on the clock of this machine, or a simulated service.</summary>
internal interface ILoadGenerator
{
    /// <summary>Calls every scenario once.</summary>
    /// <exception cref="Fail">One of them does not work at all.</exception>
    Task CheckAsync(CancellationToken cancellation);

    /// <summary>Holds a step, until it is over or stopped, and until all of its calls have ended.</summary>
    /// <param name="plan">The step.</param>
    /// <param name="stop">Asked ten times a second; a text stops the step.</param>
    /// <param name="cancellation">Stops the step too.</param>
    Task<StepMeasurement> HoldAsync(StepPlan plan, Func<LoadWindow, string?> stop, CancellationToken cancellation);

    /// <summary>Calls gently until the service answers well again.</summary>
    /// <returns>How long it took since sending ended; null when it did not within the limit.</returns>
    Task<TimeSpan?> RecoverAsync(TimeSpan limit, CancellationToken cancellation);

    /// <summary>Sends nothing for a while.</summary>
    Task WaitAsync(TimeSpan time, CancellationToken cancellation);

    /// <summary>The time since the test began.</summary>
    TimeSpan Elapsed { get; }
}
