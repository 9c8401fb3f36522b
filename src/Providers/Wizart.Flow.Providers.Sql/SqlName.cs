namespace Wizart.Flow.Providers.Sql;

/// <summary>
/// The name of a table or column, <c>schema.name</c> or <c>name</c>, checked and quoted: <c>$"select count(*) from
/// {Database.Name(table)}"</c>. Names are taken as they are written, large and small letters differ on PostgreSQL.
/// </summary>
public sealed class SqlName
{
    // PostgreSQL cuts longer names off without a word.
    private const int LongestPart = 63;

    internal SqlName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Parts = name.Split('.');
        if (Parts.Count > 2 || !Parts.All(IsName))
        {
            throw new ArgumentException(
                $"'{name}' is no name of a table or column: letters, digits, '_', '-' and '$', at most {LongestPart}, "
                    + "with at most one schema before it.",
                nameof(name));
        }
    }

    internal IReadOnlyList<string> Parts { get; }

    internal string Last => Parts[^1];

    internal string? Schema => Parts.Count == 2 ? Parts[0] : null;

    /// <summary>The name as it stands in SQL.</summary>
    public override string ToString() => string.Join('.', Parts.Select(Quote));

    internal static string Quote(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static bool IsName(string part) =>
        part.Length is > 0 and <= LongestPart && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$');
}
