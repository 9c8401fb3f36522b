using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>Locust's own words in the attempt's log. All of its log comes by standard error; what matters is in the line.</summary>
internal sealed class LocustLog(TaskContext? run)
{
    private const int KeptLines = 15;
    private readonly Lock _lock = new();
    private readonly Queue<string> _last = new();
    private LogLevel _level = LogLevel.Information;

    public string LastLines
    {
        get
        {
            lock (_lock) return _last.Count == 0 ? "nothing." : string.Join('\n', _last);
        }
    }

    public void Line(ShellLine line)
    {
        lock (_lock)
        {
            // A traceback follows the line that tells of it, and is as grave.
            if (line.IsError) _level = LevelOf(line.Text) ?? _level;
            run?.Log(line.Text, line.IsError ? _level : LogLevel.Information);
            if (!line.IsError || line.Text.Trim().Length == 0) return;
            _last.Enqueue(line.Text);
            if (_last.Count > KeptLines) _last.Dequeue();
        }
    }

    // "[2026-11-23 05:31:42,129] machine/INFO/locust.main: Run time limit set to 5 seconds"
    private static LogLevel? LevelOf(string line)
    {
        if (line.StartsWith("Traceback ", StringComparison.Ordinal)) return LogLevel.Error;
        if (!line.StartsWith('[')) return null;
        return line.Contains("/INFO/", StringComparison.Ordinal) || line.Contains("/DEBUG/", StringComparison.Ordinal) ? LogLevel.Information
            : line.Contains("/WARNING/", StringComparison.Ordinal) ? LogLevel.Warning
            : line.Contains("/ERROR/", StringComparison.Ordinal) || line.Contains("/CRITICAL/", StringComparison.Ordinal) ? LogLevel.Error
            : null;
    }
}
