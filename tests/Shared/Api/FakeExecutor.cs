using System.Collections.Concurrent;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Tests;

/// <summary>Plays the bodies of tasks: those that nobody set succeed with the output 1.</summary>
internal sealed class FakeExecutor : IAttemptExecutor
{
    private readonly ConcurrentDictionary<string, Func<Attempt, Task<AttemptOutcome>>> _bodies = new();

    public void Set(string taskId, Func<Attempt, Task<AttemptOutcome>> body) => _bodies[taskId] = body;

    public void Set(string taskId, AttemptOutcome outcome) => Set(taskId, _ => Task.FromResult(outcome));

    public Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control) =>
        _bodies.TryGetValue(order.TaskId, out var body)
            ? body(new Attempt(order, tell, control))
            : Task.FromResult<AttemptOutcome>(Outcomes.Gives("1"));
}

/// <summary>An attempt under way.</summary>
internal sealed record Attempt(AttemptOrder Order, Action<AttemptEvent> Tell, AttemptControl Control)
{
    public void Log(string text) => Tell(new AttemptEvent.Log(DateTimeOffset.UnixEpoch, LogLevel.Information, LogSource.Task, text));

    /// <summary>Goes on until it is asked to stop.</summary>
    public async Task<AttemptOutcome> UntilStoppedAsync()
    {
        var stopped = new TaskCompletionSource();
        await using var _ = Control.Stopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
        return new AttemptOutcome.Cancelled(Control.Reason!);
    }
}

internal static class Outcomes
{
    public static AttemptOutcome.Succeeded Gives(string json) => new(new TaskValue(JsonPayload.Parse(json), null));

    public static AttemptOutcome.Failed Fails(string message) => new(new TaskError
    {
        Type = "InvalidOperationException",
        Message = message,
        Location = new Model.SourceLocation("shop.csx", 7),
        SourceLine = "throw …;",
    });
}
