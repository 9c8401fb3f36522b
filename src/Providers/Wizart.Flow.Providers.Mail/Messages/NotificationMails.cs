using System.Globalization;
using System.Net;
using System.Text;
using Wizart.Flow.Callbacks;

namespace Wizart.Flow.Providers.Mail.Messages;

/// <summary>Notifications as mails, in text and in HTML.</summary>
internal static class NotificationMails
{
    private const int MostListed = 50;

    /// <summary>One mail for all of them; they are of one kind.</summary>
    public static Mail Of(IReadOnlyList<Notification> notifications) => notifications is [var only] ? Single(only) : Together(notifications);

    private static Mail Single(Notification told)
    {
        var facts = NotificationText.Facts(told).ToList();
        if (told.Error is { } error) facts.Add(("Error", $"{error.Type}: {error.Message}"));
        return Written(NotificationText.Title([told]), facts, told.Log, told.Link);
    }

    private static Mail Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var lines = notifications.Take(MostListed)
            .Select(n => ($"Run {n.Run}{NotificationText.Place(n)}", (n.Error?.Message ?? n.Reason ?? n.State).ReplaceLineEndings(" "))).ToList();
        if (notifications.Count > MostListed) lines.Add(("…", $"and {notifications.Count - MostListed} more"));
        return Written(NotificationText.Title(notifications), lines, [], first.Link);
    }

    private static Mail Written(string title, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> log, string? link)
    {
        var text = new StringBuilder();
        var html = new StringBuilder($"<h3>{Encoded(title)}</h3>\n<table>\n");
        foreach (var (name, value) in facts)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
            html.Append(CultureInfo.InvariantCulture, $"<tr><td valign=\"top\"><b>{Encoded(name)}</b></td><td>{Encoded(value)}</td></tr>\n");
        }

        html.Append("</table>\n");
        if (log.Count > 0)
        {
            text.Append("\nThe end of the log:\n\n").AppendJoin('\n', log).Append('\n');
            html.Append("<p>The end of the log:</p>\n<pre>").Append(Encoded(string.Join('\n', log))).Append("</pre>\n");
        }

        if (link is not null)
        {
            text.Append('\n').Append(link).Append('\n');
            html.Append(NotificationText.IsWeb(link) ? $"<p><a href=\"{Encoded(link)}\">Open the run</a></p>\n" : $"<p>{Encoded(link)}</p>\n");
        }

        return new Mail(title).Text(text.ToString()).Html(html.ToString());
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
