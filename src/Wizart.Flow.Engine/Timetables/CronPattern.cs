using Cronos;

namespace Wizart.Flow.Engine.Timetables;

/// <summary>
/// Reads Unix cron expressions: five fields, six with seconds first, or a macro such as <c>@daily</c>. As in Vixie cron
/// (crontab(5)) and Airflow, when both the day of the month and the day of the week are restricted, a day that matches
/// either fires; Cronos alone would ask for both.
/// </summary>
internal static class CronPattern
{
    private static readonly char[] Blanks = [' ', '\t'];

    // The calendar repeats every 400 years, so whatever fires at all fires before the calendar's end from here.
    private static readonly DateTime AnyTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The expressions whose union is meant; none when it never fires.</summary>
    /// <exception cref="FormatException">The text is no cron expression; the message says why.</exception>
    public static IReadOnlyList<CronExpression> Parse(string text)
    {
        var fields = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return [.. Alternatives(fields).Select(f => Read(text, f)).Where(c => c.GetNextOccurrence(AnyTime) is not null)];
    }

    private static IEnumerable<string[]> Alternatives(string[] fields)
    {
        if (fields.Length < 5 || !IsRestricted(fields[^3]) || !IsRestricted(fields[^1])) return [fields];
        return [[.. fields[..^1], "*"], [.. fields[..^3], "*", .. fields[^2..]]];
    }

    private static bool IsRestricted(string field) => field[0] is not ('*' or '?');

    private static CronExpression Read(string text, string[] fields)
    {
        if (fields is [['@', ..]] or { Length: 5 or 6 })
        {
            try
            {
                return CronExpression.Parse(
                    string.Join(' ', fields),
                    fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
            }
            catch (CronFormatException error) when (fields.Length > 1)
            {
                throw new FormatException($"'{text}' is not a cron expression: {Reason(error)}", error);
            }
            catch (CronFormatException error)
            {
                throw new FormatException(
                    $"'{text}' is not known. Use @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, or fields such as '0 6 * * *'.",
                    error);
            }
            catch (MissingSeedException error)
            {
                throw new FormatException($"'{text}' is not a cron expression: 'H' is not supported. Spread runs with .Jitter(…).", error);
            }
        }

        throw new FormatException(
            $"'{text}' is not a cron expression: it has {fields.Length} fields; write 5 (minute hour day month weekday) or 6 (seconds first).");
    }

    private static string Reason(CronFormatException error)
    {
        const string Prefix = "The given cron expression has an invalid format. ";
        return error.Message.StartsWith(Prefix, StringComparison.Ordinal) ? error.Message[Prefix.Length..] : error.Message;
    }
}
