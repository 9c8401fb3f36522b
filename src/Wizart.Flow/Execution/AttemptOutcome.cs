using System.Text.Json.Serialization;

namespace Wizart.Flow.Execution;

/// <summary>How an attempt ended.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Skipped), "skipped")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Deferred), "deferred")]
public abstract record AttemptOutcome
{
    /// <summary>What <see cref="TaskContext.State"/> holds now; null when nothing was set.</summary>
    public IReadOnlyDictionary<string, JsonPayload>? State { get; init; }

    /// <summary>What a mapped instance is called, after its element; null when it has no name.</summary>
    public string? Label { get; init; }

    /// <summary>The body returned.</summary>
    /// <param name="Value">Its output; null when the task gives none.</param>
    public sealed record Succeeded(TaskValue? Value) : AttemptOutcome
    {
        /// <summary>How many elements the output has; null when it is no list.</summary>
        public int? Count { get; init; }

        /// <summary>The ids of the tasks that a branch chose; null when it was none.</summary>
        public IReadOnlyList<string>? Chosen { get; init; }
    }

    /// <summary>The condition was false, or the body threw <see cref="Skip"/>.</summary>
    /// <param name="Reason">The condition's text or the body's words.</param>
    public sealed record Skipped(string Reason) : AttemptOutcome;

    /// <summary>The body threw, timed out, was killed, or its process died.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="MayRetry">False when the body or a retry filter refused to be tried again.</param>
    /// <param name="RetryAfter">The wait the body asked for; null for the task's own backoff.</param>
    public sealed record Failed(TaskError Error, bool MayRetry = true, TimeSpan? RetryAfter = null) : AttemptOutcome;

    /// <summary>The attempt was asked to stop, and did or was killed.</summary>
    /// <param name="Reason">Who or what asked.</param>
    public sealed record Cancelled(string Reason) : AttemptOutcome;

    /// <summary>The attempt gives its process back and waits, as its task's <see cref="Model.WaitModel"/> says; it is not over.</summary>
    public sealed record Deferred : AttemptOutcome
    {
        /// <summary>Params of the run that is to be started, where the body worked them out.</summary>
        public IReadOnlyDictionary<string, JsonPayload>? Params { get; init; }

        /// <summary>What a person is asked, where the body worked it out.</summary>
        public Model.FormModel? Form { get; init; }
    }
}
