using System.Globalization;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A set of dates, such as the public holidays of a country: what a schedule leaves out.</summary>
public sealed class Calendar
{
    internal Calendar(IEnumerable<string> dates)
    {
        var known = new List<DateOnly>();
        var problems = new List<Diagnostic>();
        foreach (var text in dates)
        {
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                known.Add(date);
            else
                problems.Add(ScheduleProblems.Bad($"'{text}' in a Calendar is not a date. Write \"2026-12-25\".", null));
        }

        Dates = [.. known.Distinct().Order()];
        Problems = problems;
    }

    /// <summary>The dates, ascending and each once.</summary>
    public IReadOnlyList<DateOnly> Dates { get; }

    internal IReadOnlyList<Diagnostic> Problems { get; }
}
