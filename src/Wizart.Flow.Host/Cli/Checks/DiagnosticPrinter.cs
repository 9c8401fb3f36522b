using System.Globalization;
using System.Text;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>
/// Writes diagnostics as <c>file(line,col): error CODE: message</c>, which editors and terminals make a link of; for a person
/// with the line of source and a caret under it.
/// </summary>
/// <param name="terminal">Where to write.</param>
/// <param name="root">The folder that relative paths are relative to.</param>
internal sealed class DiagnosticPrinter(Terminal terminal, string root)
{
    private const int LongestLine = 200;
    private readonly Dictionary<string, string[]> _sources = new(StringComparer.Ordinal);

    /// <summary>Writes one.</summary>
    public void Write(DiagnosticResource diagnostic)
    {
        var paint = terminal.Paint;
        var isError = diagnostic.Severity == DiagnosticSeverity.Error;
        var kind = isError ? paint.Red($"error {diagnostic.Code}") : paint.Yellow($"warning {diagnostic.Code}");
        terminal.Out.WriteLine($"{paint.Bold(Place(diagnostic))}: {kind}: {diagnostic.Message}");
        if (terminal.IsInteractive && diagnostic is { Line: { } line, File: { } file }) WriteSource(file, line, diagnostic.Column, isError);
    }

    private string Place(DiagnosticResource diagnostic)
    {
        var file = diagnostic.File is { } path ? terminal.Shown(Path.GetFullPath(path, root)) : terminal.Shown(root);
        return diagnostic switch
        {
            { Line: { } line, Column: { } column } => string.Create(CultureInfo.InvariantCulture, $"{file}({line},{column})"),
            { Line: { } line } => string.Create(CultureInfo.InvariantCulture, $"{file}({line})"),
            _ => file,
        };
    }

    private void WriteSource(string file, int line, int? column, bool isError)
    {
        var source = Source(Path.GetFullPath(file, root));
        if (line > source.Length || source[line - 1] is not { Length: > 0 and < LongestLine } text) return;
        var number = line.ToString(CultureInfo.InvariantCulture);
        var paint = terminal.Paint;
        terminal.Out.WriteLine($"  {paint.Dim($"{number} |")} {text}");
        if (column is { } at && at <= text.Length + 1)
            terminal.Out.WriteLine($"  {paint.Dim($"{new string(' ', number.Length)} |")} {Blank(text[..(at - 1)])}{(isError ? paint.Red("^") : paint.Yellow("^"))}");
    }

    // Tabs stay tabs, so that the caret stands under its place however wide a terminal makes them.
    private static string Blank(string text)
    {
        var blank = new StringBuilder(text.Length);
        foreach (var c in text) blank.Append(c == '\t' ? '\t' : ' ');
        return blank.ToString();
    }

    private string[] Source(string file)
    {
        if (_sources.TryGetValue(file, out var known)) return known;
        try
        {
            return _sources[file] = File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return _sources[file] = []; // that it can't be read is what the diagnostic says
        }
    }
}
