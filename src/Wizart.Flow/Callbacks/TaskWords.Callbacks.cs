using Wizart.Flow.Model;

namespace Wizart.Flow;

public abstract partial class TaskWords<TSelf>
{
    /// <summary>Tells when the task ended in success.</summary>
    public TSelf OnSuccess(params Notifier[] notifiers) => On(CallbackEvent.Success, notifiers);

    /// <inheritdoc cref="OnSuccess(Notifier[])"/>
    public TSelf OnSuccess<T>(params Connection<T>[] channels) where T : INotificationChannel => OnSuccess(Dag.To(channels));

    /// <summary>Tells when the task failed for good, or was stopped by a cancel or a run timeout after it had begun.</summary>
    public TSelf OnFailure(params Notifier[] notifiers) => On(CallbackEvent.Failure, notifiers);

    /// <inheritdoc cref="OnFailure(Notifier[])"/>
    public TSelf OnFailure<T>(params Connection<T>[] channels) where T : INotificationChannel => OnFailure(Dag.To(channels));

    /// <summary>Tells when an attempt failed and another follows.</summary>
    public TSelf OnRetry(params Notifier[] notifiers) => On(CallbackEvent.Retry, notifiers);

    /// <inheritdoc cref="OnRetry(Notifier[])"/>
    public TSelf OnRetry<T>(params Connection<T>[] channels) where T : INotificationChannel => OnRetry(Dag.To(channels));

    /// <summary>Tells when the task was skipped.</summary>
    public TSelf OnSkipped(params Notifier[] notifiers) => On(CallbackEvent.Skipped, notifiers);

    /// <inheritdoc cref="OnSkipped(Notifier[])"/>
    public TSelf OnSkipped<T>(params Connection<T>[] channels) where T : INotificationChannel => OnSkipped(Dag.To(channels));

    private TSelf On(CallbackEvent happened, Notifier[] notifiers)
    {
        foreach (var notifier in notifiers) Draft.Callbacks.Add(new CallbackModel(happened, notifier.Model));
        return (TSelf)this;
    }
}
