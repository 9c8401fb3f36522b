using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow.Callbacks;

/// <summary>The words of notifications that are the same in every channel.</summary>
internal static class NotificationText
{
    /// <summary>The title of a message for one, or for several of one kind: <c>orders, load[3]: failed</c>, <c>orders: 12 × failed</c>.</summary>
    public static string Title(IReadOnlyList<Notification> told) =>
        told is [var only] ? $"{only.Dag}{Place(only)}: {Word(only)}" : $"{told[0].Dag}: {told.Count} × {Word(told[0])}";

    /// <summary>The task with a comma before it; nothing for the run itself.</summary>
    public static string Place(Notification told) => told.Task is null ? "" : $", {Task(told)}";

    /// <summary>The task, or the run.</summary>
    public static string Subject(Notification told) => told.Task is null && told.MapIndex is null ? "the run" : Task(told);

    /// <summary>What is known of one, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Notification told)
    {
        yield return ("Run", told.Run.ToString(CultureInfo.InvariantCulture));
        if (told.LogicalDate is { } date) yield return ("Logical date", date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        if (told.Attempt is { } attempt) yield return ("Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        yield return ("At", told.At.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        if (told.Reason is { } reason) yield return ("Reason", reason);
        if (told.Error?.Location is { } place) yield return ("Where", place.ToString());
    }

    /// <summary>Whether its link is one that a browser opens.</summary>
    public static bool IsWeb(string link) => Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");

    private static string Task(Notification told) => told.MapIndex is { } map ? $"{told.Task}[{map}]" : told.Task ?? "";

    private static string Word(Notification told) => told.Event switch
    {
        CallbackEvent.Retry => "failed, is tried again",
        CallbackEvent.Deadline => "deadline missed",
        _ => told.State.Replace('_', ' '),
    };
}
