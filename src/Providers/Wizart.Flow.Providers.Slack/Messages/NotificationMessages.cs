using Wizart.Flow.Callbacks;
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
        var message = Colored(new SlackMessage(NotificationText.Title([told])), told.Event);
        foreach (var (name, value) in NotificationText.Facts(told)) message.Field(name, value);
        if (told.Error is { } error) message.Code($"{error.Type}: {error.Message}");
        if (told.Log.Count > 0) message.Code(string.Join('\n', told.Log.TakeLast(MostLines)));
        return WithLink(message, told);
    }

    private static SlackMessage Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var message = Colored(new SlackMessage(NotificationText.Title(notifications)), first.Event)
            .Code(string.Join('\n', notifications.Take(MostListed).Select(Line)));
        if (notifications.Count > MostListed) message.Text($"… and {notifications.Count - MostListed} more");
        return WithLink(message, first);
    }

    private static string Line(Notification told)
    {
        var why = (told.Error?.Message ?? told.Reason ?? "").ReplaceLineEndings(" ");
        return $"run {told.Run}, {NotificationText.Subject(told)}: {SlackText.Plain(why, 160)}";
    }

    private static SlackMessage WithLink(SlackMessage message, Notification told) =>
        told.Link is { Length: <= MessageJson.LongestUrl } link && NotificationText.IsWeb(link) ? message.Link("Open the run", link) : message;

    private static SlackMessage Colored(SlackMessage message, CallbackEvent happened) => happened switch
    {
        CallbackEvent.Success => message.Good(),
        CallbackEvent.Failure => message.Bad(),
        CallbackEvent.Retry or CallbackEvent.Deadline => message.Warning(),
        _ => message,
    };
}
