using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web;

/// <summary>One thing that a task's body is given.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">The task, connection, variable, param, asset or metric; empty for the run's own inputs.</param>
/// <param name="Type">The type that the body receives.</param>
/// <param name="Value">The value's JSON; null when it has none, is too long to be shown, or is a secret's.</param>
/// <param name="Cut">The beginning of a value that is too long to be shown as a whole.</param>
/// <param name="Stored">Where a large value is kept.</param>
/// <param name="Note">What there is to say, such as that the value is not there yet.</param>
/// <param name="AsItWas">
/// Whether the newest attempt got this value for certain; false where the value may have been changed since: variables, connections,
/// assets, and outputs of tasks that were run again.
/// </param>
public sealed record InputResource(
    InputKind Kind, string Name, string Type, JsonPayload? Value, string? Cut, Artifact? Stored, string? Note, bool AsItWas);

/// <summary>One task instance with all that belongs to it.</summary>
/// <param name="Task">The instance.</param>
/// <param name="RunId">Its run.</param>
/// <param name="DagId">Its DAG.</param>
/// <param name="Inputs">What its body is given.</param>
/// <param name="Attempts">Its attempts that are over.</param>
/// <param name="Note">What somebody wrote about it.</param>
public sealed record TaskDetailResource(
    TaskResource Task, long RunId, string DagId, IReadOnlyList<InputResource> Inputs, IReadOnlyList<AttemptResource> Attempts, NoteResource? Note);
