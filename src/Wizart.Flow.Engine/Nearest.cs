namespace Wizart.Flow.Engine;

/// <summary>What a person who wrote a wrong name may have meant.</summary>
public static class Nearest
{
    private const int LongestName = 200;

    /// <summary><c> Did you mean 'x'?</c> with the blank before it, or nothing when no name is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> names) => To(wrong, names) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The name with the fewest letters to change; null when none is near.</summary>
    public static string? To(string wrong, IEnumerable<string> names)
    {
        if (wrong.Length > LongestName) return null;
        var nearest = names
            .Select(name => (Name: name, Distance: Distance(name, wrong)))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Min(3, Math.Max(1, wrong.Length / 2)) ? nearest.Name : null;
    }

    /// <summary>The Levenshtein distance, without regard to case.</summary>
    private static int Distance(string a, string b)
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
