using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Callbacks;

/// <summary>
/// Empties the outbox: tells each delivery after the commit that stored it, and at the next start what was left, until it is
/// taken or given up. Each notifier has a lane of its own, so that one which hangs holds up nobody else's.
/// </summary>
public sealed class DeliveryService(
    IFlowStore store, RunCoordinator coordinator, IAlarms alarms, TimeProvider time, ILogger<DeliveryService> log) : IAsyncDisposable
{
    private const int PageSize = 500;
    private static readonly TimeSpan AfterStoreTrouble = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<NotifierModel, Queue<long>> _lanes = [];
    private readonly HashSet<long> _taken = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _work = [];
    private INotifier? _notifier;
    private NotificationWriter? _writer;

    /// <summary>Says who tells. Without that nothing is told: a run on somebody's own machine bothers nobody.</summary>
    public void Open(INotifier notifier, NotificationWriter writer) => (_notifier, _writer) = (notifier, writer);

    /// <summary>Takes up what was not delivered before the last stop or crash.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (_notifier is null) return;
        var after = 0L;
        while (true)
        {
            var page = await store.PendingDeliveriesAsync(new PendingFilter(AfterId: after, Count: PageSize), cancellation);
            foreach (var delivery in page) Take(delivery);
            if (page.Count < PageSize) return;
            after = page[^1].Id;
        }
    }

    /// <summary>Ends what is under way; the next start delivers it.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested) return;
            _stopping.Cancel();
            work = [.. _work];
        }

        await Task.WhenAll(work);
    }

    /// <summary>The wait before a try is over.</summary>
    public Task DueAsync(long deliveryId) => TakeUpAsync(new PendingFilter(DeliveryId: deliveryId));

    /// <summary>A commit stored deliveries of a run, or may have.</summary>
    internal void Stored(long runId)
    {
        if (_notifier is not null) Follow(TakeUpAsync(new PendingFilter(RunId: runId, Count: int.MaxValue)));
    }

    private async Task TakeUpAsync(PendingFilter filter)
    {
        try
        {
            foreach (var delivery in await store.PendingDeliveriesAsync(filter, _stopping.Token)) Take(delivery);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next start takes it up.
        }
        catch (StoreException error)
        {
            log.LogError("Deliveries could not be read, trying again in {Wait}: {Error}", AfterStoreTrouble, error.Message);
            if (filter.RunId is { } run) alarms.Set(new Alarm.DeliveriesOfRun(run), time.GetUtcNow() + AfterStoreTrouble);
            if (filter.DeliveryId is { } id) alarms.Set(new Alarm.DeliveryDue(id), time.GetUtcNow() + AfterStoreTrouble);
        }
    }

    private void Take(Delivery delivery)
    {
        if (delivery.DueAt is { } due && due > time.GetUtcNow())
        {
            alarms.Set(new Alarm.DeliveryDue(delivery.Id), due);
            return;
        }

        lock (_lock)
        {
            if (_stopping.IsCancellationRequested || !_taken.Add(delivery.Id)) return;
            if (_lanes.TryGetValue(delivery.Notifier, out var lane))
            {
                lane.Enqueue(delivery.Id);
                return;
            }

            _lanes[delivery.Notifier] = new Queue<long>([delivery.Id]);
        }

        Follow(Task.Run(() => EmptyAsync(delivery.Notifier)));
    }

    private async Task EmptyAsync(NotifierModel notifier)
    {
        while (true)
        {
            long id;
            lock (_lock)
            {
                if (_stopping.IsCancellationRequested || !_lanes[notifier].TryDequeue(out id))
                {
                    _lanes.Remove(notifier);
                    return;
                }
            }

            DateTimeOffset? again = null;
            try
            {
                again = await TryAsync(id);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // Not told, or not known to be: the next start tells it.
            }
            catch (Exception error)
            {
                log.LogError(error, "Delivery {Id} could not be read or stored; it is tried again in {Wait}", id, AfterStoreTrouble);
                again = time.GetUtcNow() + AfterStoreTrouble;
            }

            lock (_lock) _taken.Remove(id);
            if (again is { } due) alarms.Set(new Alarm.DeliveryDue(id), due); // last: it may ring at once
        }
    }

    /// <summary>When it is to be tried again; null when it is over.</summary>
    private async Task<DateTimeOffset?> TryAsync(long id)
    {
        // Read anew: another node may have delivered it while it waited for its lane.
        var page = await store.PendingDeliveriesAsync(new PendingFilter(DeliveryId: id), _stopping.Token);
        if (page.Count == 0) return null;
        var delivery = page[0];
        var notification = await _writer!.WriteAsync(delivery, _stopping.Token);
        var error = await TellAsync(delivery.Notifier, notification);
        var result = ResultOf(delivery, error, time.GetUtcNow());
        await coordinator.ExecuteAsync(transaction => transaction.SaveDeliveryTryAsync(result));
        Report(delivery, result);
        return result.DueAt;
    }

    /// <summary>Null when it was told; otherwise why not. Whatever a notifier throws is kept with the delivery and goes no further.</summary>
    private async Task<string?> TellAsync(NotifierModel notifier, Notification notification)
    {
        using var patience = new CancellationTokenSource(DeliveryWaits.PatienceOfOneTry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        try
        {
            // A client that does not look at its token is not waited for any longer either.
            await _notifier!.NotifyAsync(notifier, notification, either.Token).WaitAsync(either.Token);
            return null;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"no answer within {DeliveryWaits.PatienceOfOneTry.TotalSeconds:0} s";
        }
        catch (Exception error)
        {
            return error.Message;
        }
    }

    private static DeliveryTry ResultOf(Delivery delivery, string? error, DateTimeOffset now)
    {
        var number = delivery.Tries + 1;
        if (error is null) return new DeliveryTry(delivery.Id, number, DeliveryState.Delivered, now, null, null);
        return DeliveryWaits.After(number) is { } wait
            ? new DeliveryTry(delivery.Id, number, DeliveryState.Pending, now, now + wait, error)
            : new DeliveryTry(delivery.Id, number, DeliveryState.GivenUp, now, null, error);
    }

    private void Report(Delivery delivery, DeliveryTry result)
    {
        if (result.Error is not { } error) return;
        if (result.Status == DeliveryState.GivenUp)
            log.LogError("Gave up delivery {Id} of run {Run} after {Tries} tries: {Error}", delivery.Id, delivery.RunId, result.Number, error);
        else
            log.LogWarning("Try {Number} of delivery {Id} of run {Run} failed: {Error}", result.Number, delivery.Id, delivery.RunId, error);
    }

    private void Follow(Task task)
    {
        lock (_lock) _work.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (_lock) _work.Remove(done);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
