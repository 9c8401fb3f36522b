using System.Globalization;

namespace Wizart.Flow;

/// <summary>The word <c>Weekly</c>: say on which days.</summary>
public sealed class WeeklyWord
{
    internal WeeklyWord()
    {
    }

    /// <summary>On these days of every week, at midnight unless <c>At</c> follows.</summary>
    public DailySchedule On(params DayOfWeek[] days)
    {
        // The week is told from Monday, whatever order the author wrote.
        var known = days.Where(d => Enum.IsDefined(d)).Distinct().OrderBy(d => ((int)d + 6) % 7).ToArray();
        var problems = days.Where(d => !Enum.IsDefined(d))
            .Select(d => ScheduleProblems.Bad($"Weekly.On({(int)d}): this is no day of the week. Write Monday to Sunday.", null));
        if (days.Length == 0) problems = [ScheduleProblems.Bad("Weekly.On() names no day. Write Weekly.On(Monday), or several days.", null)];
        if (known.Length == 0) known = [DayOfWeek.Monday];
        var fields = string.Join(',', known.Select(d => ((int)d).ToString(CultureInfo.InvariantCulture)));
        return new DailySchedule($"* * {fields}", $"Weekly on {ScheduleText.List(known.Select(d => d.ToString()))}", problems);
    }
}
