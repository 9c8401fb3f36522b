using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow note DAG RUN [TEXT]</c>.</summary>
internal sealed class NoteVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string?> _text = new("TEXT")
    {
        Description = "The note, in the place of the one before; \"\" removes it. Default: shows the notes.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _task = new("--task") { Description = "A task of the run, an element of a mapped one as id[5]. Default: the run itself.", HelpName = "TASK" };

    /// <inheritdoc/>
    protected override Command Declare() => new("note", "Keeps a note on a run or one of its tasks, or shows the notes.") { _dag, _run, _text, _task };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        if (parsed.GetValue(_text) is { } text)
        {
            var note = await client.NoteAsync(run.DagId, run.Id, new NoteBody(text, parsed.GetValue(_task)), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(new[] { note });
            else Terminal.Out.WriteLine(text.Length == 0 ? "The note is removed." : "The note is kept.");
            return ExitCodes.Fine;
        }

        var notes = await client.NotesAsync(run.Id, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(notes);
        else if (notes.Length == 0) Terminal.Error.WriteLine($"There are no notes on run {run.Id}.");
        else Write(notes);
        return ExitCodes.Fine;
    }

    private void Write(NoteResource[] notes)
    {
        var columns = new Columns("TASK", "BY", "AT", "NOTE");
        foreach (var note in notes)
        {
            var task = note.Task is null ? "" : note.MapIndex < 0 ? note.Task : string.Create(CultureInfo.InvariantCulture, $"{note.Task}[{note.MapIndex}]");
            columns.Add(StateLook.Escaped(task), StateLook.Escaped(note.Author), Words.Time(note.At), StateLook.Escaped(note.Text));
        }

        columns.Write(Terminal);
    }
}
