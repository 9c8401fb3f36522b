namespace Wizart.Flow.Web;

/// <summary>One line of a difference.</summary>
/// <param name="Sign"><c>-</c> taken away, <c>+</c> put in, blank for both, <c>@</c> where lines are left out.</param>
/// <param name="Text">The line.</param>
public readonly record struct DiffLine(char Sign, string Text);

/// <summary>What differs between two texts, line by line: the longest common subsequence stays.</summary>
public static class LineDiff
{
    private const int Context = 3;

    /// <summary>More pairs of lines are not compared one by one: all of the middle is then shown as replaced.</summary>
    private const long MostPairs = 16_000_000;

    /// <summary>The changes with three lines around each; nothing when the texts are the same. Line ends do not count.</summary>
    public static IReadOnlyList<DiffLine> Of(string before, string after) => Shortened(Whole(Lines(before), Lines(after)));

    private static string[] Lines(string text) => text.TrimEnd('\n', '\r').ReplaceLineEndings("\n").Split('\n');

    private static List<DiffLine> Whole(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start]) start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)]) end++;

        var lines = new List<DiffLine>();
        lines.AddRange(before[..start].Select(line => new DiffLine(' ', line)));
        AddMiddle(before[start..^end], after[start..^end], lines);
        lines.AddRange(before[^end..].Select(line => new DiffLine(' ', line)));
        return lines;
    }

    private static void AddMiddle(string[] before, string[] after, List<DiffLine> lines)
    {
        var common = (long)before.Length * after.Length > MostPairs ? null : CommonLengths(before, after);
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (common is not null && i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add(new DiffLine(' ', before[i++]));
                j++;
            }
            else if (i < before.Length && (j == after.Length || common is null || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new DiffLine('-', before[i++]));
            }
            else
            {
                lines.Add(new DiffLine('+', after[j++]));
            }
        }
    }

    /// <summary>For each pair of places, how many lines the rests behind them have in common.</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var lengths = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                lengths[i, j] = before[i] == after[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    private static List<DiffLine> Shortened(List<DiffLine> whole)
    {
        var shown = new bool[whole.Count];
        for (var i = 0; i < whole.Count; i++)
        {
            if (whole[i].Sign == ' ') continue;
            for (var near = Math.Max(0, i - Context); near <= Math.Min(whole.Count - 1, i + Context); near++) shown[near] = true;
        }

        var lines = new List<DiffLine>();
        var line = 0; // of the newer text
        for (var i = 0; i < whole.Count; i++)
        {
            if (whole[i].Sign != '-') line++;
            if (!shown[i]) continue;
            if (i == 0 || !shown[i - 1]) lines.Add(new DiffLine('@', $"line {Math.Max(line, 1)}"));
            lines.Add(whole[i]);
        }

        return lines;
    }
}
