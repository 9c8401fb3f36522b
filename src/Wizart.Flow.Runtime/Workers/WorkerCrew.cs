namespace Wizart.Flow.Runtime.Workers;

/// <summary>The workers of one kind: who is at work, who is idle, and who waits for one. The one used last is used next.</summary>
internal sealed class WorkerCrew(int max, Func<Task<WorkerProcess>> start, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<WorkerProcess> _idle = [];
    private readonly HashSet<WorkerProcess> _busy = [];
    private readonly Queue<TaskCompletionSource<WorkerProcess?>> _waiting = [];
    private int _count;
    private bool _isClosed;

    public int Started { get; private set; }

    public int Recycled { get; private set; }

    public int Died { get; private set; }

    public int BusyCount
    {
        get
        {
            lock (_lock) return _busy.Count;
        }
    }

    public int IdleCount
    {
        get
        {
            lock (_lock) return _idle.Count;
        }
    }

    /// <summary>An idle worker, a new one, or the next that is given back.</summary>
    /// <exception cref="WorkerStartException">A new one can't be started.</exception>
    public async ValueTask<WorkerProcess> AcquireAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<WorkerProcess?> turn;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(WorkerPool));
            if (TakeIdle() is { } idle) return idle;
            if (_count < max)
            {
                _count++;
                turn = null!;
            }
            else
            {
                turn = new TaskCompletionSource<WorkerProcess?>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(turn);
            }
        }

        if (turn is not null)
        {
            using var registration = cancellation.UnsafeRegister(static t => ((TaskCompletionSource<WorkerProcess?>)t!).TrySetCanceled(), turn);
            if (await turn.Task is { } given) return given;
        }

        return await StartAsync();
    }

    /// <summary>Gives a worker back.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="fate">What is to become of it.</param>
    public void Release(WorkerProcess worker, WorkerFate fate)
    {
        if (fate != WorkerFate.Idle) worker.Dispose();
        lock (_lock)
        {
            _busy.Remove(worker);
            if (fate == WorkerFate.Recycled) Recycled++;
            if (fate == WorkerFate.Died) Died++;
            if (fate == WorkerFate.Idle && !_isClosed)
            {
                worker.IdleSince = time.GetTimestamp();
                if (PassOn(worker)) return;
                _idle.Add(worker);
                return;
            }

            // Its place goes to whoever waits, or is free.
            if (!PassOn(null)) _count--;
        }

        if (fate == WorkerFate.Idle) worker.Dispose();
    }

    /// <summary>Starts workers until so many are there.</summary>
    public async Task WarmAsync(int count)
    {
        var starting = new List<Task<WorkerProcess>>();
        lock (_lock)
        {
            for (; _count < Math.Min(count, max); _count++) starting.Add(StartAsync());
        }

        foreach (var worker in await Task.WhenAll(starting)) Release(worker, WorkerFate.Idle);
    }

    /// <summary>Retires idle workers: those that have died, those that hold too much, and all but <paramref name="keep"/> that are idle too long.</summary>
    public void Trim(int keep, TimeSpan idleTimeout, long aboveBytes)
    {
        var retired = new List<WorkerProcess>();
        lock (_lock)
        {
            // From the one that is idle longest; those at the end are in use most.
            for (var i = 0; i < _idle.Count;)
            {
                var worker = _idle[i];
                var isOld = _count > keep && time.GetElapsedTime(worker.IdleSince) >= idleTimeout;
                if (!isOld && !worker.HasExited && worker.Memory <= aboveBytes)
                {
                    i++;
                    continue;
                }

                _idle.RemoveAt(i);
                _count--;
                Recycled++;
                retired.Add(worker);
            }
        }

        foreach (var worker in retired) worker.Dispose();
    }

    /// <summary>Kills those at work that use more memory than they may.</summary>
    public void WatchMemory()
    {
        WorkerProcess[] busy;
        lock (_lock)
        {
            if (_busy.Count == 0) return;
            busy = [.. _busy];
        }

        foreach (var worker in busy)
        {
            var serial = worker.AtWork;
            if (serial != 0 && worker.Memory > worker.MemoryLimit) worker.Kill(KillCause.MemoryLimit, serial);
        }
    }

    /// <summary>Ends them all, those at work too.</summary>
    public void Close()
    {
        WorkerProcess[] idle, busy;
        lock (_lock)
        {
            _isClosed = true;
            idle = [.. _idle];
            busy = [.. _busy];
            _idle.Clear();
            while (_waiting.TryDequeue(out var turn)) turn.TrySetException(new ObjectDisposedException(nameof(WorkerPool)));
        }

        foreach (var worker in idle) worker.Dispose();
        foreach (var worker in busy) worker.Kill(KillCause.PoolClosed, worker.AtWork);
    }

    private WorkerProcess? TakeIdle()
    {
        while (_idle.Count > 0)
        {
            var worker = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            if (!worker.HasExited)
            {
                _busy.Add(worker);
                return worker;
            }

            _count--;
            Died++;
            worker.Dispose();
        }

        return null;
    }

    // Under the lock. Null passes on the right to start one.
    private bool PassOn(WorkerProcess? worker)
    {
        while (_waiting.TryDequeue(out var turn))
        {
            if (worker is not null) _busy.Add(worker);
            if (turn.TrySetResult(worker)) return true;
            if (worker is not null) _busy.Remove(worker);
        }

        return false;
    }

    private async Task<WorkerProcess> StartAsync()
    {
        try
        {
            var worker = await start();
            lock (_lock)
            {
                Started++;
                _busy.Add(worker);
                if (!_isClosed) return worker;
            }

            worker.Dispose();
            throw new ObjectDisposedException(nameof(WorkerPool));
        }
        catch
        {
            lock (_lock)
            {
                if (!PassOn(null)) _count--;
            }

            throw;
        }
    }
}

/// <summary>What becomes of a worker that is given back.</summary>
internal enum WorkerFate
{
    /// <summary>It waits for the next order.</summary>
    Idle,

    /// <summary>It is replaced when one is needed.</summary>
    Recycled,

    /// <summary>It is dead, or not to be trusted any more.</summary>
    Died,
}
