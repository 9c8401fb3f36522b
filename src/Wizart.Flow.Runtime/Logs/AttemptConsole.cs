using System.Text;
using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Attempts;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>Standard output or error of this process, where what a body prints goes to the log of its own attempt.</summary>
internal sealed class AttemptConsole : TextWriter
{
    private static readonly Lock InstallLock = new();
    private static readonly AsyncLocal<bool> IsSilent = new();
    private static TextWriter? _installedOutput;
    private static TextWriter? _installedError;

    private readonly LogSource _source;
    private readonly TextWriter _outside;

    private AttemptConsole(LogSource source, TextWriter outside)
    {
        _source = source;
        _outside = outside;
    }

    /// <summary>The log that takes what is printed on threads that have lost the flow of their attempt; null for the outside.</summary>
    public static AttemptLog? Fallback { get; set; }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Puts it in the place of <see cref="Console.Out"/> and <see cref="Console.Error"/>; again if a body put them elsewhere.</summary>
    public static void Install(TextWriter? outside = null)
    {
        if (_installedOutput is not null && ReferenceEquals(Console.Out, _installedOutput)
            && ReferenceEquals(Console.Error, _installedError)) return;
        lock (InstallLock)
        {
            if (_installedOutput is null)
            {
                Console.SetOut(new AttemptConsole(LogSource.Output, outside ?? Console.Out));
                Console.SetError(new AttemptConsole(LogSource.Error, outside ?? Console.Error));
                (_installedOutput, _installedError) = (Console.Out, Console.Error);
            }
            else
            {
                Console.SetOut(_installedOutput);
                Console.SetError(_installedError!);
            }
        }
    }

    /// <summary>From here on this flow of control prints nothing, unless it is an attempt's.</summary>
    public static void Silence()
    {
        Install();
        IsSilent.Value = true;
    }

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (Target is { } log) log.Print(_source, buffer);
        else if (!IsSilent.Value) _outside.Write(buffer);
    }

    public override void WriteLine() => Write("\n".AsSpan());

    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    public override void WriteLine(ReadOnlySpan<char> buffer)
    {
        if (Target is { } log) log.PrintLine(_source, buffer);
        else if (!IsSilent.Value) _outside.WriteLine(buffer);
    }

    public override void Flush()
    {
        if (Target is null) _outside.Flush();
    }

    private static AttemptLog? Target => (TaskContext.Current as AttemptContext)?.Output ?? Fallback;
}
