using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Host.Callbacks;
using Wizart.Flow.Host.Tests.Support;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Tests.Callbacks;

/// <summary>What every notifier does. Run over each implementation.</summary>
public abstract class NotifierContract
{
    private protected const string Secret = "t0p-s3cret";

    protected static Notification Something { get; } = new()
    {
        Id = 17,
        Event = CallbackEvent.Failure,
        Dag = "etl",
        Run = 7,
        State = "failed",
        Reason = "«нет связи» 🔌",
        At = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public async Task It_tells_once_what_it_is_given()
    {
        await using var receiver = Open();
        await receiver.Notifier.NotifyAsync(receiver.Model, Something, TestContext.Current.CancellationToken);
        Assert.Contains("«нет связи» 🔌", Assert.Single(receiver.Told()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_nothing_when_it_is_cancelled()
    {
        await using var receiver = Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            receiver.Notifier.NotifyAsync(receiver.Model, Something, new CancellationToken(canceled: true)));
        Assert.Empty(receiver.Told());
    }

    [Fact]
    public async Task A_failure_is_an_error_for_people_without_secrets()
    {
        await using var receiver = Open();
        if (receiver.Break is not { } fail) return; // nothing about it can fail
        fail();
        var error = await Assert.ThrowsAsync<NotifierException>(() =>
            receiver.Notifier.NotifyAsync(receiver.Model, Something, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Message);
    }

    internal abstract Receiver Open();

    internal sealed record Receiver(INotifier Notifier, NotifierModel Model, Func<IReadOnlyList<string>> Told, Action? Break, Func<ValueTask> Close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Close();
    }

    private sealed class Connections(string type, string url) : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) =>
            new(new ConnectionSettings(id, type, new Dictionary<string, string> { ["url"] = url, ["token"] = Secret }));
    }

    public sealed class Webhook : NotifierContract
    {
        internal override Receiver Open()
        {
            var listener = new WebhookListener();
            return new Receiver(
                new WebhookNotifier(new Connections("http", $"http://127.0.0.1:{listener.Port}/{Secret}"), TimeProvider.System),
                new NotifierModel(NotifierKind.Webhook, "alerts"),
                () => [.. listener.Calls.Select(c => c.GetProperty("reason").GetString()!)],
                () => listener.Answer = _ => 500,
                listener.DisposeAsync);
        }
    }

    public sealed class Channel : NotifierContract
    {
        internal override Receiver Open()
        {
            var chat = new SomeChat();
            var types = new ConnectionTypes().Add(["chat"], (_, _) => chat);
            return new Receiver(
                new ChannelNotifier(new Connections("chat", "http://127.0.0.1"), types, TimeProvider.System, NullLogger<ChannelNotifier>.Instance),
                new NotifierModel(NotifierKind.Channel, "team", Client: typeof(SomeChat).FullName),
                () => chat.Told,
                () => chat.IsBroken = true,
                () => ValueTask.CompletedTask);
        }
    }

    public sealed class Log : NotifierContract
    {
        internal override Receiver Open()
        {
            var lines = new Lines();
            return new Receiver(
                new LogNotifier(lines), new NotifierModel(NotifierKind.Log), () => lines.Written, null, () => ValueTask.CompletedTask);
        }
    }

    internal sealed class SomeChat : INotificationChannel
    {
        public List<string> Told { get; } = [];

        public bool IsBroken { get; set; }

        public Task NotifyAsync(Notification notification, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsBroken) throw new InvalidOperationException($"The chat refused the token {Secret}.");
            Told.Add(notification.Title);
            return Task.CompletedTask;
        }
    }

    private sealed class Lines : Microsoft.Extensions.Logging.ILogger<LogNotifier>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Written.Add(formatter(state, exception));
    }
}
