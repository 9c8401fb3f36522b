namespace Wizart.Flow.Providers.LoadTest;

/// <summary>
/// Load tests of services: an open model that sends on a fixed schedule however slowly the service answers, and counts
/// latency from the time at which a call was meant to be sent.
/// </summary>
public static class LoadTest
{
    /// <summary>
    /// The metric that a whole search tells: the highest rate that was held. Its tag <c>task</c> is the task's id. As an input,
    /// <c>Trend(LoadTest.MaxRps)</c>, it is what earlier runs of the DAG found.
    /// </summary>
    public const string MaxRps = "load_test.max_rps";

    /// <summary>A scenario; <see cref="LoadScenario.And"/> mixes in others.</summary>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="call">One call of it. It fails when it throws, or when a client tells of a failing status.</param>
    /// <param name="weight">How often it is called, in proportion to the others.</param>
    public static LoadScenario Scenario(string name, Func<Task> call, int weight = 1) => new([new(name, call, weight)]);
}
