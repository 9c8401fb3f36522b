using Wizart.Flow.Callbacks;
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
        var card = Colored(new Card(NotificationText.Title([told])), told.Event);
        foreach (var (name, value) in NotificationText.Facts(told)) card.Fact(name, value);
        if (told.Error is { } error) card.Code($"{error.Type}: {error.Message}");
        if (told.Log.Count > 0) card.Code(string.Join('\n', told.Log.TakeLast(MostLines)));
        return WithLink(card, told);
    }

    private static Card Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var card = Colored(new Card(NotificationText.Title(notifications)), first.Event).Table(
            notifications.Take(MostListed),
            ("Run", n => n.Run), ("Task", NotificationText.Subject), ("Why", n => Short(n.Error?.Message ?? n.Reason ?? "")));
        if (notifications.Count > MostListed) card.Text($"… and {notifications.Count - MostListed} more");
        return WithLink(card, first);
    }

    private static Card WithLink(Card card, Notification told) =>
        told.Link is { } link && NotificationText.IsWeb(link) ? card.Link("Open the run", link) : card;

    private static Card Colored(Card card, CallbackEvent happened) => happened switch
    {
        CallbackEvent.Success => card.Good(),
        CallbackEvent.Failure => card.Bad(),
        CallbackEvent.Retry or CallbackEvent.Deadline => card.Warning(),
        _ => card,
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > 160 ? line[..160] + "…" : line;
    }
}
