using System.Collections.Concurrent;
using Wizart.Flow.Model;

namespace Wizart.Flow.Callbacks;

/// <summary>
/// Notifications of one kind that come faster than they can be told. The first is told at once; those that follow are held
/// back (their delivery is tried again by the outbox, so that none is lost) and told together in one message as soon as their
/// time has come. Each message of the kind that follows soon doubles the time, up to a quarter of a minute.
/// </summary>
internal sealed class Burst
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(16);
    private static readonly ConcurrentDictionary<(Uri, TimeProvider, CallbackEvent, string), Burst> All = new();

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Notification> _held = [];
    private readonly Dictionary<long, DateTimeOffset> _told = [];
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private TimeSpan _window = Shortest;
    private bool _isSending;

    public static Burst Of(Uri address, TimeProvider time, Notification notification) =>
        All.GetOrAdd((address, time, notification.Event, notification.Dag), _ => new Burst());

    /// <summary>Tells a notification, alone or with others of its kind that were held back.</summary>
    /// <param name="address">Whom a burst would flood.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notification">What is to be told.</param>
    /// <param name="heldBack">The error that lets the outbox try again, with why.</param>
    /// <param name="tell">Tells these.</param>
    public static async Task TellAsync(
        Uri address, TimeProvider time, Notification notification, Func<string, Exception> heldBack, Func<IReadOnlyList<Notification>, Task> tell)
    {
        var burst = Of(address, time, notification);
        var told = burst.Take(notification, time.GetUtcNow()) ?? throw heldBack("held back for a moment, to be told together with others of its kind");
        if (told.Count == 0) return;
        try
        {
            await tell(told);
            burst.Told(told, time.GetUtcNow());
        }
        finally
        {
            burst.Sent();
        }
    }

    /// <summary>What to tell now: nothing when it was told with others, null when it has to wait.</summary>
    public IReadOnlyList<Notification>? Take(Notification notification, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_told.ContainsKey(notification.Id)) return [];
            _held[notification.Id] = notification;
            if (_isSending || now - _last < _window) return null;
            _isSending = true;
            return [.. _held.Values.OrderBy(n => n.At).ThenBy(n => n.Id)];
        }
    }

    /// <summary>What was taken is no longer on its way; if it was not told either, it is still held.</summary>
    public void Sent()
    {
        lock (_lock) _isSending = false;
    }

    /// <summary>These were told.</summary>
    public void Told(IReadOnlyList<Notification> notifications, DateTimeOffset now)
    {
        lock (_lock)
        {
            _window = now - _last > 2 * Longest || notifications.Count == 1 ? Shortest : TimeSpan.FromTicks(Math.Min(_window.Ticks * 2, Longest.Ticks));
            _last = now;
            foreach (var notification in notifications)
            {
                _held.Remove(notification.Id);
                // The delivery that carried the message is over; the others ask once more.
                _told[notification.Id] = now;
            }

            if (_told.Count <= MostRemembered) return;
            foreach (var (id, _) in _told.OrderBy(t => t.Value).Take(_told.Count - MostRemembered).ToArray()) _told.Remove(id);
        }
    }
}
