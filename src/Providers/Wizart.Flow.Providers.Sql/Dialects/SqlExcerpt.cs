namespace Wizart.Flow.Providers.Sql.Dialects;

/// <summary>A statement as it is shown in an error: indented, not endless, with a mark under the place.</summary>
internal static class SqlExcerpt
{
    /// <param name="sql">The statement.</param>
    /// <param name="position">The place of the error in it, from one; zero when it is not known.</param>
    /// <param name="longest">How many characters are shown at most.</param>
    public static string Of(string sql, int position, int longest)
    {
        var lines = new List<string>();
        var start = 0;
        foreach (var line in (sql.Length > longest ? sql[..longest] + "…" : sql).Split('\n'))
        {
            lines.Add("  " + line);
            var column = position - 1 - start;
            if (position > 0 && column >= 0 && column <= line.Length) lines.Add("  " + new string(' ', column) + "^");
            start += line.Length + 1;
        }

        return string.Join('\n', lines);
    }
}
