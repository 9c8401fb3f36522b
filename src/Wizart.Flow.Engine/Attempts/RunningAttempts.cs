using System.Collections.Concurrent;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>The attempts that run on this node now, and the way to stop each.</summary>
public sealed class RunningAttempts
{
    private readonly ConcurrentDictionary<AttemptKey, AttemptControl> _controls = new();
    private volatile TaskCompletionSource? _idle;

    /// <summary>How many there are.</summary>
    public int Count => _controls.Count;

    /// <summary>Stops one; nothing happens when it does not run here.</summary>
    public void Stop(AttemptKey key, StopKind kind, string reason)
    {
        if (_controls.TryGetValue(key, out var control)) control.Stop(kind, reason);
    }

    /// <summary>Stops all.</summary>
    public void StopAll(StopKind kind, string reason)
    {
        foreach (var control in _controls.Values) control.Stop(kind, reason);
    }

    /// <summary>Complete when none runs any more; called when no further one is begun.</summary>
    public Task WhenIdleAsync()
    {
        if (_controls.IsEmpty) return Task.CompletedTask;
        _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_controls.IsEmpty) _idle.TrySetResult();
        return _idle.Task;
    }

    internal void Add(AttemptKey key, AttemptControl control) => _controls[key] = control;

    internal void Remove(AttemptKey key)
    {
        if (_controls.TryRemove(key, out _) && _controls.IsEmpty) _idle?.TrySetResult();
    }
}
