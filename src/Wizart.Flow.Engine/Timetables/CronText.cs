using Cronos;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// Reads Unix cron expressions: five fields, six with seconds first, or a macro such as <c>@daily</c>. As in Vixie cron
/// (crontab(5)) and Airflow, when both the day of the month and the day of the week are restricted, a day that matches
/// either fires; Cronos alone would ask for both.
/// </summary>
internal static class CronText
{
    private static readonly char[] Blanks = [' ', '\t'];

    // The calendar repeats every 400 years, so whatever fires at all fires within the calendar's years from here.
    private static readonly DateTime AnyTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    /// <summary>The patterns of which any may match; none when the expression never fires.</summary>
    /// <exception cref="FormatException">The text is no cron expression; the message says why.</exception>
    public static IReadOnlyList<CronPattern> Parse(string text)
    {
        var fields = Fields(text);
        var repeats = fields[..^3].Any(f => f.AsSpan().ContainsAny('*', '-', '/') || f == "?");
        return
        [
            .. Alternatives(fields).Select(f => Read(text, f))
                .Where(e => e.GetNextOccurrence(AnyTime) is not null)
                .Select(e => new CronPattern(e, repeats)),
        ];
    }

    private static string[] Fields(string text)
    {
        var fields = Split(text);
        if (fields is [['@', ..] macro])
        {
            return Macros.TryGetValue(macro, out var meaning)
                ? Split(meaning)
                : throw new FormatException($"'{text}' is not known. Use {string.Join(", ", Macros.Keys)}, or fields such as '0 6 * * *'.");
        }

        if (fields.Length is 5 or 6) return fields;
        var count = fields.Length == 1 ? "1 field" : $"{fields.Length} fields";
        throw new FormatException(
            $"'{text}' is not a cron expression: it has {count}; write 5 (minute hour day month weekday) or 6 (seconds first).");
    }

    private static string[] Split(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static string[][] Alternatives(string[] fields) => IsRestricted(fields[^3]) && IsRestricted(fields[^1])
        ? [[.. fields[..^1], "*"], [.. fields[..^3], "*", .. fields[^2..]]]
        : [fields];

    private static bool IsRestricted(string field) => field[0] is not ('*' or '?');

    private static CronExpression Read(string text, string[] fields)
    {
        try
        {
            return CronExpression.Parse(
                string.Join(' ', fields), fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException error)
        {
            throw new FormatException($"'{text}' is not a cron expression: {Reason(error)}", error);
        }
        catch (MissingSeedException error)
        {
            throw new FormatException($"'{text}' is not a cron expression: 'H' is not supported. Spread runs with .Jitter(…).", error);
        }
    }

    private static string Reason(CronFormatException error)
    {
        const string Prefix = "The given cron expression has an invalid format. ";
        return error.Message.StartsWith(Prefix, StringComparison.Ordinal) ? error.Message[Prefix.Length..] : error.Message;
    }
}
