using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Requests;

/// <summary>A request that is done once, however often it is sent.</summary>
/// <param name="Key">By what it is known again.</param>
/// <param name="Answer">Makes the answer of what was done.</param>
public sealed record Once<T>(RequestKey Key, Func<T, ValueTask<string>> Answer)
{
    /// <summary>What was answered before, to the same request; null when it was not.</summary>
    internal KeptAnswer? Before { get; set; }

    /// <summary>Takes the key; false when the request was done before.</summary>
    internal async ValueTask<bool> BeginAsync(IFlowTransaction transaction)
    {
        Before = await transaction.TakeKeyAsync(Key).ConfigureAwait(false);
        return Before is null;
    }

    /// <summary>Stores the answer.</summary>
    internal async ValueTask EndAsync(IFlowTransaction transaction, T done) =>
        await transaction.KeepAnswerAsync(Key.Key, await Answer(done).ConfigureAwait(false)).ConfigureAwait(false);
}

/// <summary>An answer, and whether it was given before.</summary>
public sealed record OnceAnswer(string Answer, bool IsRepeated)
{
    /// <summary>An answer that was given before.</summary>
    /// <exception cref="FlowCommandException">It was the answer to something else.</exception>
    public static OnceAnswer Repeated(KeptAnswer before, RequestKey key) => before.Request == key.Request
        ? new OnceAnswer(before.Answer, IsRepeated: true)
        : throw new FlowCommandException(Refusal.Mismatch, "This Idempotency-Key was sent with another request in the last 24 hours. Use a new key for a new request.");
}
