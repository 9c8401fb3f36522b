namespace Wizart.Flow;

/// <summary>
/// A client through which people can be told something: a chat, a mailbox. What <c>OnFailure(connection)</c> takes; a
/// provider's client becomes one by implementing it.
/// </summary>
public interface INotificationChannel
{
    /// <summary>Tells people. Called again later when it throws; the same notification may come twice.</summary>
    Task NotifyAsync(Notification notification, CancellationToken cancellation);
}
