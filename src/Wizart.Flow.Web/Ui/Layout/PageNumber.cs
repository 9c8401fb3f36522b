using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>Which page of a list is asked for.</summary>
internal static class PageNumber
{
    /// <summary>From one; never beyond the last page that has something on it.</summary>
    public static int Of(IQueryCollection query, int found, int size)
    {
        var last = Math.Max(1, (found + size - 1) / size);
        return int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, last) : 1;
    }
}
