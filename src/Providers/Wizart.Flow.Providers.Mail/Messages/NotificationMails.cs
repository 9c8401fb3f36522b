using System.Globalization;
using System.Net;
using System.Text;
using Wizart.Flow.Model;

namespace Wizart.Flow.Providers.Mail.Messages;

/// <summary>Notifications as mails, in text and in HTML.</summary>
internal static class NotificationMails
{
    private const int MostListed = 50;

    /// <summary>One mail for all of them; they are of one kind.</summary>
    public static Mail Of(IReadOnlyList<Notification> notifications) => notifications is [var only] ? Single(only) : Together(notifications);

    private static Mail Single(Notification told)
    {
        var facts = new List<(string Name, string Value)> { ("Run", told.Run.ToString(CultureInfo.InvariantCulture)) };
        if (told.LogicalDate is { } date) facts.Add(("Logical date", date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)));
        if (told.Attempt is { } attempt) facts.Add(("Attempt", attempt.ToString(CultureInfo.InvariantCulture)));
        facts.Add(("At", told.At.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)));
        if (told.Reason is { } reason) facts.Add(("Reason", reason));
        if (told.Error?.Location is { } place) facts.Add(("Where", place.ToString()));
        if (told.Error is { } error) facts.Add(("Error", $"{error.Type}: {error.Message}"));
        return Written($"{told.Dag}{What(told, ", ")}: {Word(told)}", facts, told.Log, told.Link);
    }

    private static Mail Together(IReadOnlyList<Notification> notifications)
    {
        var first = notifications[0];
        var lines = notifications.Take(MostListed)
            .Select(n => ($"Run {n.Run}{What(n, ", ")}", (n.Error?.Message ?? n.Reason ?? n.State).ReplaceLineEndings(" "))).ToList();
        if (notifications.Count > MostListed) lines.Add(("…", $"and {notifications.Count - MostListed} more"));
        return Written($"{first.Dag}: {notifications.Count} × {Word(first)}", lines, [], first.Link);
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
            var isWeb = Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
            html.Append(isWeb ? $"<p><a href=\"{Encoded(link)}\">Open the run</a></p>\n" : $"<p>{Encoded(link)}</p>\n");
        }

        return new Mail(title).Text(text.ToString()).Html(html.ToString());
    }

    private static string What(Notification told, string before) =>
        told.Task is null ? "" : told.MapIndex is { } map ? $"{before}{told.Task}[{map}]" : before + told.Task;

    private static string Word(Notification told) => told.Event switch
    {
        CallbackEvent.Retry => "failed, is tried again",
        CallbackEvent.Deadline => "deadline missed",
        _ => told.State.Replace('_', ' '),
    };

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
