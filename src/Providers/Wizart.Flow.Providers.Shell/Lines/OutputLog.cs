namespace Wizart.Flow.Providers.Shell.Lines;

/// <summary>Where one of a program's two outputs goes: the log, the end that is kept, and who else looks.</summary>
internal sealed class OutputLog(ShellOptions options, Mask mask, TaskContext? run, bool isError)
{
    private readonly LogLevel? _level = isError ? options.ErrorLevel : options.OutputLevel;

    /// <summary>What the one who looks has thrown. The program is read to its end all the same: it would stand still otherwise.</summary>
    public Exception? Trouble { get; private set; }

    public OutputTail Tail { get; } = new(Math.Max(0, options.KeptOutput));

    public void Line(string text)
    {
        text = mask.Hide(text);
        Tail.Add(text);
        if (_level is { } level) run?.Log(text, level);
        if (Trouble is not null) return;
        try
        {
            options.OnLine?.Invoke(new ShellLine(text, isError));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Trouble = e;
        }
    }
}
