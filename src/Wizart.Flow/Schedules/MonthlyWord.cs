using System.Globalization;

namespace Wizart.Flow;

/// <summary>The word <c>Monthly</c>: say on which days.</summary>
public sealed class MonthlyWord
{
    internal MonthlyWord()
    {
    }

    /// <summary>On these days of every month that has them, at midnight unless <c>At</c> follows.</summary>
    public DailySchedule On(params int[] days)
    {
        var known = days.Where(d => d is >= 1 and <= 31).Distinct().Order().Select(d => d.ToString(CultureInfo.InvariantCulture)).ToArray();
        var problems = days.Where(d => d is < 1 or > 31)
            .Select(d => ScheduleProblems.Bad($"Monthly.On({d}): a day of the month is from 1 to 31, or Last.", null));
        if (days.Length == 0) problems = [ScheduleProblems.Bad("Monthly.On() names no day. Write Monthly.On(1), or Monthly.On(Last).", null)];
        if (known.Length == 0) known = ["1"];
        var text = known.Length == 1 ? $"day {known[0]}" : $"days {ScheduleText.List(known)}";
        return new DailySchedule($"{string.Join(',', known)} * *", $"Monthly on {text}", problems);
    }

    /// <summary>On the last day of every month, at midnight unless <c>At</c> follows.</summary>
    public DailySchedule On(LastDay last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new DailySchedule("L * *", "Monthly on the last day");
    }
}

/// <summary>The word <c>Last</c>: the last day of a month.</summary>
public sealed class LastDay
{
    internal LastDay()
    {
    }
}
