using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Callbacks;

/// <summary>Brings each notification to the notifier that can tell it.</summary>
internal sealed class HostNotifier(LogNotifier log, WebhookNotifier webhook, ChannelNotifier channel) : INotifier
{
    /// <inheritdoc/>
    public Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation) => Of(notifier.Kind)
        .NotifyAsync(notifier, notification, cancellation);

    private INotifier Of(NotifierKind kind) => kind switch
    {
        NotifierKind.Log => log,
        NotifierKind.Webhook => webhook,
        NotifierKind.Channel => channel,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody tells this kind."),
    };
}
