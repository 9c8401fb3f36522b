using System.Globalization;

namespace Wizart.Flow.Providers.Csv;

/// <summary>What is wrong with one place of a file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line on which the row begins, from one; the header is line one.</param>
/// <param name="Column">The column's name; null when it is about the row as a whole.</param>
/// <param name="Text">What stands there, cut at 200 characters.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record CsvError(string File, long Line, string? Column, string Text, string Message)
{
    private const int LongestText = 200;

    internal static CsvError Of(string file, long line, string? column, string text, string message) =>
        new(file, line, column, text.Length > LongestText ? text[..LongestText] + "…" : text, message);

    /// <summary><c>steps.csv, line 7, column 'Rps': 'ten' is no whole number.</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}{(Column is null ? "" : $", column '{Column}'")}: {Message}");
}

/// <summary>A file that can't be read as was asked. Nothing of it is given: not even the rows before the broken one.</summary>
public sealed class CsvException : Exception
{
    internal CsvException(IReadOnlyList<CsvError> errors, Exception? inner = null)
        : base(Describe(errors), inner) => Errors = errors;

    /// <summary>What is wrong, in the order of the file; at most the first ten.</summary>
    public IReadOnlyList<CsvError> Errors { get; }

    private static string Describe(IReadOnlyList<CsvError> errors) => errors is [var only]
        ? only.ToString()
        : string.Join('\n', errors.Prepend<object>($"{errors[0].File} has broken rows:"));
}

/// <summary>What could be read of a file.</summary>
/// <param name="Rows">The good rows.</param>
/// <param name="Errors">The broken ones; at most the first thousand, after which reading stops.</param>
public sealed record CsvReading<T>(T[] Rows, CsvError[] Errors)
{
    /// <summary>Whether these are all rows of the file.</summary>
    public bool IsWhole => Errors.Length == 0;
}
