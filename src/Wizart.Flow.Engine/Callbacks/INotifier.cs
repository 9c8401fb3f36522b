using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>Tells notifications to the outside. Knows nothing of retries: those are the outbox's.</summary>
public interface INotifier
{
    /// <summary>Tells one notification. Done when whoever is told has taken it.</summary>
    /// <exception cref="Exception">It could not be told; the message says why, for people, without secrets.</exception>
    Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation);
}
