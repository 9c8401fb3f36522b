using System.Globalization;
using MimeKit;

namespace Wizart.Flow.Providers.Mail.Messages;

/// <summary>Texts that go into the head of a mail, where a line break would begin a header of its own.</summary>
internal static class MailText
{
    private const int LongestLine = 250;

    /// <summary>The text on one line, without signs that control anything, cut visibly.</summary>
    public static string OneLine(string text)
    {
        var words = string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words);
        if (line.Length <= LongestLine) return line;
        var end = LongestLine - 1;
        return line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>The addresses in a text, with commas between; null when one of them is none, or has a sign that has no place there.</summary>
    public static IReadOnlyList<MailboxAddress>? Addresses(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl) || !InternetAddressList.TryParse(text, out var list)) return null;
        var addresses = list.OfType<MailboxAddress>().ToList();
        return addresses.Count > 0 && addresses.Count == list.Count && addresses.All(IsWhole) ? addresses : null;
    }

    /// <summary>A size for people.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MB");

    // The parser also takes a name without a place, and signs inside quotes that servers read in their own ways.
    private static bool IsWhole(MailboxAddress address) =>
        address.Address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < address.Address.Length - 1
        && !address.Address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"')
        && !(address.Name ?? "").Any(char.IsControl);
}
