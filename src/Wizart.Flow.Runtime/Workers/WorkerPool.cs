using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Attempts;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>
/// Warm worker processes that run attempts, one at a time each, and others that evaluate scripts. Whatever a body or a
/// script does to its process, this process and the other workers go on.
/// </summary>
public sealed partial class WorkerPool : IScriptEvaluator, IAsyncDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(200);

    // A worker found dead before it had begun is replaced; if that goes on, something is wrong with all of them.
    private const int DeadOnArrival = 5;

    private readonly WorkerPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SocketPlace _place;
    private readonly WorkerListener _listener;
    private readonly WorkerCrew _runners;
    private readonly WorkerCrew _describers;
    private readonly ITimer _watch;
    private int _ticks;
    private bool _isDisposed;

    /// <summary>Makes a pool; workers are started when they are needed, or by <see cref="WarmAsync"/>.</summary>
    public WorkerPool(WorkerPoolOptions options, TimeProvider? time = null, ILogger<WorkerPool>? logger = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<WorkerPool>.Instance;
        _place = new SocketPlace(options.SocketDirectory);
        _listener = new WorkerListener(_place.SocketPath);
        _runners = Crew(options.MaxWorkers, WorkerKind.Runner);
        _describers = Crew(options.MaxDescribers, WorkerKind.Describer);
        _watch = _time.CreateTimer(_ => Watch(), null, WatchEvery, WatchEvery);
    }

    /// <summary>What it has done and has; the workers that evaluate scripts are not counted.</summary>
    public WorkerPoolStatistics Statistics =>
        new(_runners.Started, _runners.BusyCount, _runners.IdleCount, _runners.Recycled, _runners.Died);

    /// <summary>Starts the workers that are kept warm.</summary>
    /// <exception cref="WorkerStartException">They can't be started.</exception>
    public Task WarmAsync() => Task.WhenAll(_runners.WarmAsync(_options.MinWorkers), _describers.WarmAsync(_options.MinDescribers));

    /// <summary>Runs one attempt in a worker of its own; waits for one while all are at work.</summary>
    /// <param name="order">What to run.</param>
    /// <param name="tell">Called for each event, never twice at once; <see cref="AttemptEvent.Ended"/> is the last.</param>
    /// <param name="control">The way to stop it.</param>
    /// <returns>How it ended, whatever the body did; only what <paramref name="tell"/> throws is thrown.</returns>
    public async Task<AttemptOutcome> RunAsync(AttemptOrder order, Action<AttemptEvent> tell, AttemptControl control)
    {
        if (order.ArtifactRoot.Length == 0 && _options.ArtifactRoot.Length > 0) order = order with { ArtifactRoot = _options.ArtifactRoot };
        var events = new AttemptEvents(tell);
        var outcome = await OutcomeAsync(order, events, control);
        events.End(outcome);
        if (events.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        return outcome;
    }

    /// <inheritdoc/>
    /// <exception cref="WorkerStartException">No worker can be started.</exception>
    public async Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation)
    {
        for (var tries = 0; tries < DeadOnArrival; tries++)
        {
            var worker = await _describers.AcquireAsync(cancellation);
            ScriptDescription? description = null;
            try
            {
                description = await new WorkerDescription(worker, image, file, _options.DescribeTimeout, _time).RunAsync(cancellation);
            }
            finally
            {
                Release(_describers, worker, isSound: description is not null && !IsTooLarge(description));
            }

            if (description is not null) return description;
        }

        throw new WorkerStartException($"The workers that evaluate scripts die before they begin, {DeadOnArrival} times in a row.");
    }

    /// <summary>Retires workers that were idle for <see cref="WorkerPoolOptions.IdleTimeout"/>, hold too much memory, or have died. The pool does this by itself every second.</summary>
    public void TrimIdle()
    {
        _runners.Trim(_options.MinWorkers, _options.IdleTimeout, _options.RecycleAboveBytes);
        _describers.Trim(_options.MinDescribers, _options.IdleTimeout, Math.Min(_options.RecycleAboveBytes, _options.DescribeMemoryLimitBytes / 2));
    }

    /// <summary>Ends all workers. Attempts still running end as interrupted: stop them first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _watch.DisposeAsync();
        _runners.Close();
        _describers.Close();
        _listener.Dispose();
        await _listener.Accepting;
        _place.Dispose();
    }

    private async Task<AttemptOutcome> OutcomeAsync(AttemptOrder order, AttemptEvents events, AttemptControl control)
    {
        for (var tries = 0; tries < DeadOnArrival; tries++)
        {
            WorkerProcess worker;
            try
            {
                control.Stopping.ThrowIfCancellationRequested();
                worker = await _runners.AcquireAsync(control.Stopping);
            }
            catch (OperationCanceledException)
            {
                return StopOutcomes.Of(order, control, "It had not begun: no worker was free.");
            }
            catch (Exception e) when (e is WorkerStartException or ObjectDisposedException)
            {
                return Unavailable(e.Message);
            }

            AttemptOutcome? outcome = null;
            try
            {
                outcome = await new WorkerAttempt(worker, order, events, control, _options.CancelGrace, _time).RunAsync();
            }
            finally
            {
                Release(_runners, worker, isSound: outcome is not null and not AttemptOutcome.Failed { Error.Type: "MemoryLimit" });
            }

            if (outcome is not null) return outcome;
        }

        return Unavailable($"The workers die before they begin, {DeadOnArrival} times in a row.");
    }

    private void Release(WorkerCrew crew, WorkerProcess worker, bool isSound)
    {
        var fate = !isSound || worker.KillCause != KillCause.None || worker.IsAtEnd ? WorkerFate.Died
            : worker.Serial >= _options.RecycleAfterAttempts || worker.Images >= _options.RecycleAfterImages ? WorkerFate.Recycled
            : WorkerFate.Idle;
        if (fate != WorkerFate.Idle) WorkerEnded(_logger, worker.Id, fate, worker.Serial);
        crew.Release(worker, fate);
    }

    private void Watch()
    {
        _runners.WatchMemory();
        _describers.WatchMemory();
        if (++_ticks % 5 == 0) TrimIdle();
    }

    private WorkerCrew Crew(int max, WorkerKind kind)
    {
        var launcher = new WorkerLauncher(_options, kind, _place, _listener, _time);
        return new WorkerCrew(max, launcher.StartAsync, _time);
    }

    private static bool IsTooLarge(ScriptDescription description) => description.Diagnostics.Any(d => d.Code == FlowCodes.ScriptTooLarge);

    private static AttemptOutcome.Failed Unavailable(string message) => new(new TaskError { Type = "WorkerUnavailable", Message = message });

    [LoggerMessage(1, Microsoft.Extensions.Logging.LogLevel.Debug, "Worker {Id} ended ({Fate}) after {Orders} orders")]
    private static partial void WorkerEnded(ILogger logger, int id, WorkerFate fate, long orders);
}
