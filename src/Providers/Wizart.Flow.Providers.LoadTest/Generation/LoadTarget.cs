using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Generation;

/// <summary>What is called, and within which bounds.</summary>
internal sealed record LoadTarget(ScenarioMix Mix, TimeSpan Timeout, int MostInFlight);
