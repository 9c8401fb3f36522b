using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Slack.Messages;

/// <summary>Notifications as messages.</summary>
internal static class NotificationMessages
{
    private const int MostListed = 12;
    private const int MostLines = 15;

    /// <summary>One message for all of them; they are of one kind.</summary>
    public static SlackMessage Of(IReadOnlyList<Notification> notifications) => notifications is [var only] ? Single(only) : Together(notifications);

    private static SlackMessage Single(Notification told)
    {
        var what = told.Task is null ? "" : told.MapIndex is { } map ? $", {told.Task}[{map}]" : $", {told.Task}";
        var message = Colored(new SlackMessage($"{told.Dag}{what}: {Word(told)}"), told.Event).Field("Run", told.Run);
        if (told.LogicalDate is { } date) message.Field("Logical date", date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        if (told.Attempt is { } attempt) message.Field("Attempt", attempt);
        message.Field("At", told.At.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        if (told.Reason is { } reason) message.Field("Reason", reason);
        if (told.Error is { } error)
        {
            if (error.Location is { } place) message.Field("Where", place.ToString());
            message.Code($"{error.Type}: {error.Message}");
        }

        if (told.Log.Count > 0) message.Code(string.Join('\n', told.Log.TakeLast(MostLines)));
        return WithLink(message, told);
    }

    private static SlackMessage Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var message = Colored(new SlackMessage($"{first.Dag}: {notifications.Count} × {Word(first)}"), first.Event)
            .Code(string.Join('\n', notifications.Take(MostListed).Select(Line)));
        if (notifications.Count > MostListed) message.Text($"… and {notifications.Count - MostListed} more");
        return WithLink(message, first);
    }

    private static string Line(Notification told)
    {
        var what = told.MapIndex is { } map ? $"{told.Task}[{map}]" : told.Task ?? "the run";
        var why = (told.Error?.Message ?? told.Reason ?? "").ReplaceLineEndings(" ");
        return $"run {told.Run}, {what}: {SlackText.Plain(why, 160)}";
    }

    private static SlackMessage WithLink(SlackMessage message, Notification told) =>
        told.Link is { Length: <= MessageJson.LongestUrl } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? message.Link("Open the run", link)
            : message;

    private static SlackMessage Colored(SlackMessage message, CallbackEvent happened) => happened switch
    {
        CallbackEvent.Success => message.Good(),
        CallbackEvent.Failure => message.Bad(),
        CallbackEvent.Retry or CallbackEvent.Deadline => message.Warning(),
        _ => message,
    };

    private static string Word(Notification told) => told.Event switch
    {
        CallbackEvent.Retry => "failed, is tried again",
        CallbackEvent.Deadline => "deadline missed",
        _ => told.State.Replace('_', ' '),
    };
}
