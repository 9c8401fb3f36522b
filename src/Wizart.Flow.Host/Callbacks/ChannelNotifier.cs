using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Host.Callbacks;

/// <summary>Tells through the client of a stored connection: built for the one notification, and taken down after it.</summary>
internal sealed class ChannelNotifier(ISecretStore connections, ConnectionTypes types, TimeProvider time, ILogger<ChannelNotifier> log) : INotifier
{
    /// <inheritdoc/>
    public async Task NotifyAsync(NotifierModel notifier, Notification notification, CancellationToken cancellation)
    {
        var type = types.All.FirstOrDefault(t => t.Client.FullName == notifier.Client)
            ?? throw new NotifierException($"No provider of this daemon makes a {notifier.Client}.");
        var settings = await connections.FindConnectionAsync(notifier.Connection!, cancellation)
            ?? throw new NotifierException($"There is no connection '{notifier.Connection}'. Add it to the connections.");
        var mask = SecretMask.Of([settings]);
        var scope = new ConnectionScope(time, (text, _) => log.LogInformation("{Text}", mask.Hide(text)), cancellation);
        try
        {
            var client = type.Build(settings, scope);
            try
            {
                await ((INotificationChannel)client).NotifyAsync(notification, cancellation);
            }
            finally
            {
                if (client is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
                else if (client is IDisposable disposable) disposable.Dispose();
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new NotifierException(mask.Hide(error.Message), error);
        }
    }
}
