using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>Who callbacks tell: made by <c>Webhook(…)</c> and <c>LogNotifier()</c>. A connection to a chat or a mailbox needs none of this, it is said itself: <c>OnFailure(teams)</c>.</summary>
public sealed class Notifier
{
    internal Notifier(NotifierModel model) => Model = model;

    internal NotifierModel Model { get; }

    internal static Notifier Of<T>(Connection<T> channel) where T : INotificationChannel =>
        new(new NotifierModel(NotifierKind.Channel, channel.Id, Client: typeof(T).FullName));
}
