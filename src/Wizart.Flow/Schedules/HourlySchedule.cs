using System.Globalization;
using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>Every hour, at its beginning unless <see cref="At"/> says otherwise.</summary>
public sealed class HourlySchedule : TimeSchedule
{
    internal HourlySchedule()
        : base(new CronScheduleModel("0 * * * *") { Text = "Hourly" })
    {
    }

    /// <summary>At this minute of every hour, from 0 to 59.</summary>
    public TimeSchedule At(int minute, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (minute is < 0 or > 59)
        {
            return new TimeSchedule(
                new CronScheduleModel("0 * * * *") { Text = "Hourly" },
                ScheduleProblems.Bad($"Hourly.At({minute}): a minute of the hour is from 0 to 59.", new SourceLocation(file, line)));
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{minute}");
        return new TimeSchedule(new CronScheduleModel($"{text} * * * *") { Text = $"Hourly at minute {text}" });
    }
}
