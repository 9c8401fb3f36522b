using System.Globalization;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>Why a worker process died at work, told from its exit code and its last words.</summary>
internal static class WorkerDeath
{
    private const int LinesShown = 30;

    // Where the runtime's own report of a crash begins.
    private static readonly string[] CrashMarks = ["Stack overflow.", "Process terminated.", "Unhandled exception.", "Out of memory.", "Fatal error."];

    public static TaskError ErrorOf(WorkerProcess worker, Func<string, string> mask)
    {
        var words = mask(LastWords(worker.Output.Recent));
        if (IsOutOfMemory(words)) return MemoryLimit(worker.MemoryLimit) with { Stack = words };
        return new TaskError
        {
            Type = "WorkerDied",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The worker process {worker.Id} died in the middle of the attempt with {ExitText(worker.ExitCode)}. {Cause(worker.ExitCode, words)}"),
            Stack = words.Length == 0 ? null : words,
        };
    }

    public static TaskError MemoryLimit(long limit) => new()
    {
        Type = "MemoryLimit",
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"The worker process needed more than its limit of {limit / 1024 / 1024} MB and was ended. Work in smaller pieces, or raise the workers' memory limit."),
    };

    /// <summary>How a process ended, in a sentence, for one that evaluated a script.</summary>
    public static string Sentence(WorkerProcess worker)
    {
        var words = LastWords(worker.Output.Recent);
        var first = words.Split('\n', 2)[0].Trim();
        return $"it ended with {ExitText(worker.ExitCode)}. {Cause(worker.ExitCode, words)}{(first.Length == 0 || worker.ExitCode < 128 ? "" : $" Its last words began: {first}")}";
    }

    public static bool IsOutOfMemory(WorkerProcess worker) => IsOutOfMemory(worker.Output.Recent);

    private static bool IsOutOfMemory(string words) =>
        words.Contains("Out of memory.", StringComparison.Ordinal) || words.Contains("System.OutOfMemoryException", StringComparison.Ordinal);

    private static string ExitText(int code) => Signal(code) is { } name
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {code} ({name})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {code}");

    private static string Cause(int code, string words) => Signal(code) switch
    {
        _ when words.Contains("Stack overflow.", StringComparison.Ordinal) => "A stack overflow: something called itself without end.",
        _ when words.Contains("Unhandled exception.", StringComparison.Ordinal) => "An exception was thrown on a thread where nothing catches it.",
        _ when words.Contains("Process terminated.", StringComparison.Ordinal) => "Environment.FailFast was called.",
        "SIGKILL" => "It was killed from outside: by somebody, or by the system because memory was short.",
        "SIGTERM" or "SIGINT" or "SIGHUP" => "It was asked from outside to end.",
        "SIGSEGV" or "SIGBUS" or "SIGILL" or "SIGFPE" => "Native code crashed.",
        "SIGABRT" => "The runtime or native code aborted.",
        null => "The process was ended from within, as Environment.Exit does; a body returns or throws, it does not end its process.",
        _ => "It was ended by a signal.",
    };

    private static string? Signal(int code) => code switch
    {
        129 => "SIGHUP",
        130 => "SIGINT",
        132 => "SIGILL",
        134 => "SIGABRT",
        135 => "SIGBUS",
        136 => "SIGFPE",
        137 => "SIGKILL",
        139 => "SIGSEGV",
        143 => "SIGTERM",
        > 128 and < 193 => string.Create(CultureInfo.InvariantCulture, $"signal {code - 128}"),
        _ => null,
    };

    private static string LastWords(string recent)
    {
        var from = CrashMarks.Select(mark => recent.IndexOf(mark, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        var lines = (from < 0 ? recent : recent[from..]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', from < 0 ? lines.TakeLast(LinesShown) : lines.Take(LinesShown)).Trim();
    }
}
