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

    /// <summary>An attempt was claimed: from here on it counts as running here and can be stopped, though no slot has taken it up yet.</summary>
    internal void Add(AttemptKey key) => _controls.TryAdd(key, new AttemptControl());

    internal AttemptControl ControlOf(AttemptKey key) => _controls[key];

    internal void Remove(AttemptKey key)
    {
        // Its control is not disposed: somebody may be about to stop it, and it holds nothing that needs to be given back.
        if (_controls.TryRemove(key, out _) && _controls.IsEmpty) _idle?.TrySetResult();
    }
}
