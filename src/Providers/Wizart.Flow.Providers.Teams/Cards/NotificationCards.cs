using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Teams.Cards;

/// <summary>Notifications as cards.</summary>
internal static class NotificationCards
{
    private const int MostListed = 12;
    private const int MostLines = 15;

    /// <summary>One card for all of them; they are of one kind.</summary>
    public static Card Of(IReadOnlyList<Notification> notifications) => notifications is [var only] ? Single(only) : Together(notifications);

    private static Card Single(Notification told)
    {
        var what = told.Task is null ? "" : told.MapIndex is { } map ? $", {told.Task}[{map}]" : $", {told.Task}";
        var card = Colored(new Card($"{told.Dag}{what}: {Word(told)}"), told.Event).Fact("Run", told.Run);
        if (told.LogicalDate is { } date) card.Fact("Logical date", date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        if (told.Attempt is { } attempt) card.Fact("Attempt", attempt);
        card.Fact("At", told.At.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        if (told.Reason is { } reason) card.Fact("Reason", reason);
        if (told.Error is { } error)
        {
            if (error.Location is { } place) card.Fact("Where", place.ToString());
            card.Code($"{error.Type}: {error.Message}");
        }

        if (told.Log.Count > 0) card.Code(string.Join('\n', told.Log.TakeLast(MostLines)));
        return WithLink(card, told);
    }

    private static Card Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var card = Colored(new Card($"{first.Dag}: {notifications.Count} × {Word(first)}"), first.Event).Table(
            notifications.Take(MostListed),
            ("Run", n => n.Run), ("Task", n => n.MapIndex is { } map ? $"{n.Task}[{map}]" : n.Task ?? "the run"), ("Why", n => Short(n.Error?.Message ?? n.Reason ?? "")));
        if (notifications.Count > MostListed) card.Text($"… and {notifications.Count - MostListed} more");
        return WithLink(card, first);
    }

    private static Card WithLink(Card card, Notification told) =>
        told.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? card.Link("Open the run", link) : card;

    private static Card Colored(Card card, CallbackEvent happened) => happened switch
    {
        CallbackEvent.Success => card.Good(),
        CallbackEvent.Failure => card.Bad(),
        CallbackEvent.Retry or CallbackEvent.Deadline => card.Warning(),
        _ => card,
    };

    private static string Word(Notification told) => told.Event switch
    {
        CallbackEvent.Retry => "failed, is tried again",
        CallbackEvent.Deadline => "deadline missed",
        _ => told.State.Replace('_', ' '),
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > 160 ? line[..160] + "…" : line;
    }
}
