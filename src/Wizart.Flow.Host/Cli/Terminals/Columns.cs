using Spectre.Console;

namespace Wizart.Flow.Host.Cli;

/// <summary>A calm table: a dim heading, no lines.</summary>
internal sealed class Columns
{
    private readonly Table _table = new Table().NoBorder();

    /// <summary>A table with headings.</summary>
    public Columns(params IReadOnlyList<string> headings)
    {
        foreach (var heading in headings)
            _table.AddColumn(new TableColumn($"[dim]{StateLook.Escaped(heading)}[/]") { Padding = new Padding(0, 0, 2, 0), NoWrap = heading.Length > 0 });
    }

    /// <summary>Adds a row of markup.</summary>
    public void Add(params string[] cells) => _table.AddRow(cells);

    /// <summary>Writes it.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.IsInteractive)
        {
            terminal.Console.Write(_table);
            return;
        }

        // Nobody looks: the blanks that fill the last column would only be in the way of other programs.
        using var text = new StringWriter();
        var plain = new Terminal(text, TextWriter.Null, isOutputTerminal: false, isErrorTerminal: false, terminal.Environment, terminal.Folder);
        plain.Console.Write(_table);
        foreach (var line in text.ToString().TrimEnd().Split('\n')) terminal.Out.WriteLine(line.TrimEnd());
    }
}
