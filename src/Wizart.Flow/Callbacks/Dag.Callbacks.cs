using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    private readonly List<CallbackModel> _callbacks = [];
    private readonly List<DeadlineModel> _deadlines = [];

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

    /// <summary>Tells when a run is not over in time; the run itself goes on. May be said again.</summary>
    /// <param name="after">How much time it has.</param>
    /// <param name="from">From when: its queueing, its logical date, or what its last runs took on average.</param>
    /// <param name="notifiers">Who is told.</param>
    public Dag Deadline(TimeSpan after, DeadlineReference from, params Notifier[] notifiers)
    {
        if (after < TimeSpan.Zero) Scope.Report(FlowCodes.BadSetting, $"Deadline is {after}; it must not be negative.", Location);
        foreach (var notifier in notifiers) _deadlines.Add(new DeadlineModel(after, from, notifier.Model));
        return this;
    }

    /// <inheritdoc cref="Deadline(TimeSpan, DeadlineReference, Notifier[])"/>
    public Dag Deadline<T>(TimeSpan after, DeadlineReference from, params Connection<T>[] channels) where T : INotificationChannel =>
        Deadline(after, from, To(channels));

    internal static Notifier[] To<T>(Connection<T>[] channels) where T : INotificationChannel => [.. channels.Select(Notifier.Of)];

    private Dag On(CallbackEvent happened, Notifier[] notifiers)
    {
        foreach (var notifier in notifiers) _callbacks.Add(new CallbackModel(happened, notifier.Model));
        return this;
    }
}
