using Wizart.Flow.Execution;

namespace Wizart.Flow.Web;

/// <summary>What starts a run by hand.</summary>
/// <param name="Params">Values by name, in the JSON of each param's kind; those left out take their defaults.</param>
/// <param name="Date">The run covers the interval that this lies in; local to the schedule's zone without an offset. By default the newest complete one.</param>
public sealed record TriggerRequest(IReadOnlyDictionary<string, JsonPayload>? Params = null, string? Date = null);
