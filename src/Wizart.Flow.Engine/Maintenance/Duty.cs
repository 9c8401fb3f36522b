namespace Wizart.Flow.Engine.Maintenance;

/// <summary>Something small that is done again and again beside the work: sweeping, retiring, removing what is old.</summary>
public interface IDuty
{
    /// <summary>Its name, also in the log.</summary>
    string Name { get; }

    /// <summary>The time from the end of one round to the start of the next.</summary>
    TimeSpan Every { get; }

    /// <summary>Does one round. May throw: that is logged, and the next round comes all the same.</summary>
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>A duty made of a function.</summary>
public sealed class Duty(string name, TimeSpan every, Func<CancellationToken, Task> run) : IDuty
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Every => every;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellation) => run(cancellation);
}
