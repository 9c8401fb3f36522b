using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Providers.Python.Environments;
using Wizart.Flow.Providers.Shell;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>Runs Locust within an attempt: tells how it goes, ends it when it does harm, and reads what it has measured.</summary>
internal sealed class LocustRun(LocustOrder order, PythonVenv? venv, TaskContext? run)
{
    private const string PartialName = "locust-partial.json";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartAndEnd = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(3);

    private readonly LocustLog _log = new(run);
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private string? _stopped;

    public async Task<LocustResult> GoAsync()
    {
        await Reachability.CheckAsync(order.Host.Url, run?.Cancellation ?? default);
        var environment = venv ?? await Python.Venv(systemPackages: true, run: run);
        environment.Check();
        using var folder = LocustFolder.Create();
        var history = new HistoryReader(folder.History);
        var startedAt = (run?.Time ?? TimeProvider.System).GetUtcNow();
        int exitCode;
        try
        {
            exitCode = await RunAsync(environment, folder, history);
        }
        catch (Exception e) when (e is OperationCanceledException or ShellException)
        {
            KeepPartial(folder, history, startedAt, e is OperationCanceledException ? "the attempt was cancelled" : "Locust did not end in time");
            throw;
        }

        return Judge(folder, history, startedAt, exitCode);
    }

    private async Task<int> RunAsync(PythonVenv environment, LocustFolder folder, HistoryReader history)
    {
        var options = new ShellOptions
        {
            Attempt = run,
            Folder = Path.GetDirectoryName(order.File),
            Environment = PythonVariables.With(environment, order.Variables(folder)),
            Secrets = [.. order.Secrets],
            Timeout = order.RunTime + StartAndEnd,
            Grace = EndTime,
            OutputLevel = null,
            ErrorLevel = null,
            OnLine = _log.Line,
            Succeeds = _ => true,
        };
        await using var locust = Shell.Shell.Start(environment.Python, ["-m", .. order.CommandLine(folder)], options);
        while (!locust.Completion.IsCompleted)
        {
            if (Look(history) && _stopped is not null) await locust.Stop();
            await Task.WhenAny(locust.Completion, Task.Delay(LookEvery, TimeProvider.System));
        }

        return (await locust.Completion).ExitCode;
    }

    /// <summary>Tells what is new; true when the run has to be ended.</summary>
    private bool Look(HistoryReader history)
    {
        var added = history.Read();
        foreach (var second in added) Tell(second);
        if (added.Count == 0 || _stopped is not null) return false;
        var window = new LocustWindow(history.Seconds, Stopwatch.GetElapsedTime(_startedAt));
        if (!order.Stop(window)) return false;
        _stopped = $"stop: {window.LastSeen ?? order.StopText}";
        return true;
    }

    private void Tell(LocustSecond second)
    {
        // Before the first user and after the last there is nothing to tell of.
        if (second.Users == 0 || run is null) return;
        var errors = second.Requests == 0 ? 0 : (double)second.Failures / second.Requests;
        run.Progress(
            Math.Min(0.99, Stopwatch.GetElapsedTime(_startedAt) / order.RunTime),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{second.Requests}/s, p95 {second.P95.TotalMilliseconds:0.#} ms, errors {errors * 100:0.#} %, {second.Users} users"));
        run.Metric("load_test.rps", second.Requests, ("tool", "locust"));
        run.Metric("load_test.p95_ms", second.P95.TotalMilliseconds, ("tool", "locust"));
        run.Metric("load_test.error_rate", errors, ("tool", "locust"));
    }

    private LocustResult Judge(LocustFolder folder, HistoryReader history, DateTimeOffset startedAt, int exitCode)
    {
        foreach (var second in history.Read()) Tell(second);
        var report = folder.ReadReport();
        if (report.Missing is { } missing)
            throw new Fail(
                $"Locust can't be used by {report.Python}: {missing}. Install it there (Debian: apt-get install python3-locust), "
                + "or give a venv: await Python.Venv([\"locust==…\"]).");
        if (report.Error is { } error)
            throw new Fail($"The locustfile '{order.File}' does not work. {error}");
        if (!report.Completed)
        {
            KeepPartial(folder, history, startedAt, "Locust broke off");
            throw new Fail($"Locust ended with exit code {exitCode} before the test of '{order.File}' was over. It said:\n{_log.LastLines}");
        }

        if (report.Refused is { } refused)
        {
            KeepPartial(folder, history, startedAt, $"{refused} may not be load-tested");
            throw new Fail(
                $"The locustfile '{order.File}' tried to reach {refused}, which may not be load-tested: only {order.Host.Url.Authority} "
                + "and this machine may. Nothing was sent there.");
        }

        var result = LocustResults.Read(order, folder, history, report, _stopped, startedAt, Stopwatch.GetElapsedTime(_startedAt));
        if (result.Total.Requests == 0 && _stopped is null)
        {
            var why = result.Problems is [var first, ..] ? $"Its tasks fail: {first.Text}\n{first.Place}" : $"It said:\n{_log.LastLines}";
            throw new Fail($"The locustfile '{order.File}' has made no request. {why}");
        }

        if (_stopped is not null) run?.Log($"The load test was stopped: {_stopped}", LogLevel.Warning);
        if (result.Inconclusive is not null) run?.Log($"The load test is inconclusive: {result.Inconclusive}", LogLevel.Warning);
        return result;
    }

    private void KeepPartial(LocustFolder folder, HistoryReader history, DateTimeOffset startedAt, string why)
    {
        history.Read();
        if (run is null || history.Seconds.Count == 0) return;
        try
        {
            var result = LocustResults.Read(order, folder, history, folder.ReadReport(), why, startedAt, Stopwatch.GetElapsedTime(_startedAt));
            run.Artifact(PartialName, JsonSerializer.Serialize(result, ValueJson.Options));
        }
        catch (FormatException e)
        {
            // A killed Locust may leave half a number; why it was killed matters more.
            run.Log($"What was measured until then can't be kept: {e.Message}", LogLevel.Warning);
        }
    }
}
