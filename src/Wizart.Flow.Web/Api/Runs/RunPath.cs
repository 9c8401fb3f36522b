using System.Globalization;

namespace Wizart.Flow.Web;

/// <summary>Run ids in paths.</summary>
internal static class RunPath
{
    /// <summary>The id; null when the text is none.</summary>
    public static long? Id(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
