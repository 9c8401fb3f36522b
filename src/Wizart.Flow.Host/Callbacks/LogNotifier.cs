using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Callbacks;

/// <summary>Writes a line to the daemon's own log.</summary>
internal sealed class LogNotifier(ILogger<LogNotifier> log) : INotifier
{
    /// <inheritdoc/>
    public Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (notification.Event == CallbackEvent.Failure) log.LogError("{Notification}{Place}", notification.Title, Place(notification));
        else if (notification.Event is CallbackEvent.Retry or CallbackEvent.Deadline) log.LogWarning("{Notification}{Place}", notification.Title, Place(notification));
        else log.LogInformation("{Notification}", notification.Title);
        return Task.CompletedTask;
    }

    private static string Place(Notification notification) => notification.Error?.Location is { } place ? $" ({place})" : "";
}
