namespace Wizart.Flow.Engine.Requests;

/// <summary>By what a request is known again that is sent twice.</summary>
/// <param name="Key">Who asks, and the key of the request's own.</param>
/// <param name="Request">A hash of what is asked: the same key for something else is a mistake.</param>
/// <param name="At">When it is asked.</param>
public sealed record RequestKey(string Key, string Request, DateTimeOffset At)
{
    /// <summary>How long a key is known. 24 hours.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
}

/// <summary>What was answered to a request that came before.</summary>
/// <param name="Request">The hash of what was asked.</param>
/// <param name="Answer">What was answered.</param>
public sealed record KeptAnswer(string Request, string Answer);

/// <summary>Answers that were given; sees what is committed.</summary>
public interface IAnswerReads
{
    /// <summary>The answer that a key got since a time; null when it is not known.</summary>
    ValueTask<KeptAnswer?> AnswerAsync(string key, DateTimeOffset since, CancellationToken cancellation);
}

/// <summary>What a transaction can do so that a request sent twice is done once.</summary>
public interface IAnswerWrites
{
    /// <summary>
    /// Takes a key for this transaction; keys older than <see cref="RequestKey.Kept"/> are forgotten. Waits for another transaction that has
    /// taken the same key. When one has committed it, gives its answer, and nothing is taken.
    /// </summary>
    ValueTask<KeptAnswer?> TakeKeyAsync(RequestKey key);

    /// <summary>Gives back a key that this transaction has taken, when nothing was done.</summary>
    ValueTask ReleaseKeyAsync(string key);

    /// <summary>Stores the answer of a key that this transaction has taken.</summary>
    ValueTask KeepAnswerAsync(string key, string answer);
}
