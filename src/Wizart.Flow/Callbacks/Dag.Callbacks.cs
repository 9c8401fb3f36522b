using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    private readonly List<CallbackModel> _callbacks = [];

    /// <summary>Tells when a run ended in success.</summary>
    public Dag OnSuccess(params Notifier[] notifiers) => On(CallbackEvent.Success, notifiers);

    /// <inheritdoc cref="OnSuccess(Notifier[])"/>
    public Dag OnSuccess<T>(params Connection<T>[] channels) where T : INotificationChannel => OnSuccess(To(channels));

    /// <summary>Tells when a run ended without success: failed, timed out, or cancelled.</summary>
    public Dag OnFailure(params Notifier[] notifiers) => On(CallbackEvent.Failure, notifiers);

    /// <inheritdoc cref="OnFailure(Notifier[])"/>
    public Dag OnFailure<T>(params Connection<T>[] channels) where T : INotificationChannel => OnFailure(To(channels));

    /// <summary>Tells when an attempt of any of its tasks failed and another follows.</summary>
    public Dag OnRetry(params Notifier[] notifiers) => On(CallbackEvent.Retry, notifiers);

    /// <inheritdoc cref="OnRetry(Notifier[])"/>
    public Dag OnRetry<T>(params Connection<T>[] channels) where T : INotificationChannel => OnRetry(To(channels));

    /// <summary>Tells when any of its tasks was skipped.</summary>
    public Dag OnSkipped(params Notifier[] notifiers) => On(CallbackEvent.Skipped, notifiers);

    /// <inheritdoc cref="OnSkipped(Notifier[])"/>
    public Dag OnSkipped<T>(params Connection<T>[] channels) where T : INotificationChannel => OnSkipped(To(channels));

    internal static Notifier[] To<T>(Connection<T>[] channels) where T : INotificationChannel => [.. channels.Select(Notifier.Of)];

    private Dag On(CallbackEvent happened, Notifier[] notifiers)
    {
        foreach (var notifier in notifiers) _callbacks.Add(new CallbackModel(happened, notifier.Model));
        return this;
    }
}
