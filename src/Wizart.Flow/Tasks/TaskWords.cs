using System.ComponentModel;

namespace Wizart.Flow;

/// <summary>The words that every task knows, whatever its inputs.</summary>
/// <typeparam name="TSelf">The builder's own type, so that a sentence goes on with all its words.</typeparam>
public abstract partial class TaskWords<TSelf> : ITask
    where TSelf : TaskWords<TSelf>
{
    private protected TaskWords(TaskDraft draft) => Draft = draft;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TaskDraft Draft { get; }

    /// <summary>Waits for these tasks without taking their data.</summary>
    public TSelf After(params ITask[] tasks)
    {
        foreach (var task in tasks) Draft.OrderAfter(task);
        return (TSelf)this;
    }

    /// <summary>Waits for all tasks of these groups that no other task of theirs waits for.</summary>
    public TSelf After(params TaskGroup[] groups)
    {
        Draft.AfterGroups.AddRange(groups);
        return (TSelf)this;
    }

    /// <summary>What must have become of the upstream tasks. <see cref="TriggerRule.AllSuccess"/> by default.</summary>
    public TSelf When(TriggerRule rule)
    {
        Draft.TriggerRule = rule;
        return (TSelf)this;
    }

    /// <summary>Tries a failed attempt again.</summary>
    /// <param name="count">Attempts after the first.</param>
    /// <param name="backoff">How long to wait before each; no wait by default.</param>
    /// <param name="on">Sees the exception and may refuse the retry.</param>
    public TSelf Retry(int count, Backoff? backoff = null, Func<Exception, bool>? on = null)
    {
        Draft.RetryWith(count, backoff ?? Backoff.None, on);
        return (TSelf)this;
    }

    /// <summary>Ends an attempt that lasts longer; a body that ignores its cancellation is killed. Counts as a failure.</summary>
    public TSelf Timeout(TimeSpan limit)
    {
        Draft.Timeout = limit;
        return (TSelf)this;
    }

    /// <summary>The run may succeed though this task fails.</summary>
    public TSelf AllowFailure()
    {
        Draft.AllowFailure = true;
        return (TSelf)this;
    }

    /// <summary>Markdown for people.</summary>
    public TSelf Describe(string markdown)
    {
        Draft.Description = markdown;
        return (TSelf)this;
    }
}
