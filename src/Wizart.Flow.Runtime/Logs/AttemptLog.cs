using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>The log of one attempt: lines are masked, split and counted before they go out.</summary>
internal sealed class AttemptLog
{
    private readonly Lock _lock = new();
    private readonly AttemptEvents _events;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly LogBudget _budget;
    private LineBuffer? _output;
    private LineBuffer? _error;

    public AttemptLog(AttemptEvents events, SecretMask mask, TimeProvider time, long limit)
    {
        _events = events;
        _mask = mask;
        _time = time;
        _budget = new LogBudget(limit);
    }

    /// <summary>Whether its limit is reached, so that nothing more is taken.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock) return _budget.IsUsedUp;
        }
    }

    /// <summary>Text that was printed; a line goes out when it is complete.</summary>
    public void Print(LogSource source, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (_budget.IsUsedUp) return;
            BufferOf(source).Add(text);
        }
    }

    /// <summary>Text that was printed with an end of line.</summary>
    public void PrintLine(LogSource source, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (_budget.IsUsedUp) return;
            BufferOf(source).AddLine(text);
        }
    }

    /// <summary>A message, told line by line.</summary>
    public void Write(LogLevel level, LogSource source, string message)
    {
        lock (_lock)
        {
            if (message.Length <= LineBuffer.LongestLine && !message.Contains('\n', StringComparison.Ordinal))
            {
                Line(level, source, message);
                return;
            }

            var lines = new LineBuffer(line => Line(level, source, line));
            lines.Add(message);
            lines.Flush();
        }
    }

    /// <summary>Tells what was printed without an end of line.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            _output?.Flush();
            _error?.Flush();
        }
    }

    private LineBuffer BufferOf(LogSource source) => source == LogSource.Error
        ? _error ??= new LineBuffer(line => Line(LogLevel.Warning, LogSource.Error, line))
        : _output ??= new LineBuffer(line => Line(LogLevel.Information, LogSource.Output, line));

    private void Line(LogLevel level, LogSource source, string text)
    {
        text = _mask.Hide(text);
        // A store may refuse a NUL; the picture of it says the same.
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace('\0', '\u2400');
        if (_budget.Take(text, out var notice))
            _events.Tell(new AttemptEvent.Log(_time.GetUtcNow(), level, source, text));
        else if (notice is not null)
            _events.Tell(new AttemptEvent.Log(_time.GetUtcNow(), LogLevel.Warning, LogSource.System, notice));
    }
}
