using System.Globalization;
using Wizart.Flow.Web.Ui.Layout;

namespace Wizart.Flow.Web.Ui.Marks;

/// <summary>Logical dates, which name an interval: with their day even when it is today.</summary>
public static class DateWords
{
    /// <summary>In the viewer's zone, without the year when it is this year's, and without a midnight.</summary>
    public static string Of(DateTimeOffset date, Viewer viewer)
    {
        var (local, now) = (viewer.Local(date), viewer.Local(viewer.Now));
        var day = local.ToString(local.Year == now.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
        return local.TimeOfDay == TimeSpan.Zero ? day : $"{day}, {local.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)}";
    }
}
