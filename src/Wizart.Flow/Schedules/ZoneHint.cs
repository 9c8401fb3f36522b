namespace Wizart.Flow;

/// <summary>Which zone an author may have meant.</summary>
internal static class ZoneHint
{
    private const string Advice = "Write an IANA id such as \"Europe/Minsk\", or \"UTC\".";

    public static string For(string? wrong) => Nearest(wrong?.Trim() ?? "") is { } near ? $"Did you mean \"{near}\"?" : Advice;

    /// <summary>The id with the fewest letters to change, or whose city has; null when none is near.</summary>
    private static string? Nearest(string wrong)
    {
        if (wrong.Length == 0) return null;
        var nearest = TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => (zone.Id, Distance: Distance(wrong, zone.Id)))
            .OrderBy(z => z.Distance).ThenBy(z => z.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Id is not null && nearest.Distance <= Math.Max(1, wrong.Length / 3) ? nearest.Id : null;
    }

    private static int Distance(string wrong, string id)
    {
        var whole = Letters(wrong, id);
        var city = id[(id.LastIndexOf('/') + 1)..];
        return city.Length == id.Length ? whole : Math.Min(whole, Letters(wrong[(wrong.LastIndexOf('/') + 1)..], city) + CityPenalty(wrong, id));
    }

    // A city found without its region is a good guess, one found in another region a worse one.
    private static int CityPenalty(string wrong, string id)
    {
        var slash = wrong.LastIndexOf('/');
        return slash < 0 || id.StartsWith(wrong[..slash], StringComparison.OrdinalIgnoreCase) ? 0 : 2;
    }

    /// <summary>The Levenshtein distance, without regard to case.</summary>
    private static int Letters(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
