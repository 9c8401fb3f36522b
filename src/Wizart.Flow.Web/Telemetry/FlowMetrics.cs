using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Health;

namespace Wizart.Flow.Web.Telemetry;

/// <summary>The daemon's own figures, as they are when they are asked for.</summary>
internal sealed class FlowMetrics(FlowEngine engine, IFlowStore store, IFlowQueries queries, HealthCheck health, IEnumerable<IMetricSource> sources)
{
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var text = new MetricsText();
        await RunsAsync(text, cancellation);
        Work(text);
        await HouseAsync(text, cancellation);
        foreach (var source in sources) source.Write(text);
        Process(text);
        return text.ToString();
    }

    private async Task RunsAsync(MetricsText text, CancellationToken cancellation)
    {
        var unfinished = (await store.UnfinishedRunsAsync(cancellation)).ToLookup(run => run.State);
        text.Gauge(
            "flow_runs", "Runs that are not over, by state.", "state",
            [("queued", unfinished[RunState.Queued].Count()), ("running", unfinished[RunState.Running].Count())]);
        var counts = engine.Counts;
        text.Counter(
            "flow_runs_ended_total", "Runs that ended on this node, by how.", "state",
            Enum.GetValues<RunState>().Where(state => state.IsFinal()).Select(state => ((string?)SnakeCaseEnums.Word(state), (double)counts.Runs.GetValueOrDefault(state))));
        text.Histogram("flow_run_duration_seconds", "From the start of runs to their ends.", counts.RunDurations);
        text.Histogram("flow_run_delay_seconds", "From the time that runs were due to their starts.", counts.RunDelays);
    }

    private void Work(MetricsText text)
    {
        var counts = engine.Counts;
        text.Gauge("flow_slots", "How many attempts may run at once on this node.", engine.Options.Slots);
        text.Gauge("flow_attempts_running", "Attempts that run on this node.", engine.Running.Count);
        text.Gauge("flow_queue_length", "Instances that are queued for a slot of this node; those that wait for one limit count as one.", engine.Coordinator.Waiting);
        text.Counter(
            "flow_attempts_ended_total", "Attempts that ended on this node, by how.", "outcome",
            counts.Attempts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => ((string?)a.Key, (double)a.Value)));
        text.Histogram("flow_attempt_duration_seconds", "How long attempts took in their slots.", counts.AttemptDurations);
        text.Histogram("flow_scheduler_delay_seconds", "How late the clock rings for what comes again and again.", engine.Duties.Delays);
    }

    private async Task HouseAsync(MetricsText text, CancellationToken cancellation)
    {
        var active = engine.Catalog.All.Where(dag => dag.IsActive).ToArray();
        text.Gauge(
            "flow_dags", "DAGs that scripts declare, by whether they are paused.", "paused",
            [("false", active.Count(dag => !dag.IsPaused)), ("true", active.Count(dag => dag.IsPaused))]);
        text.Gauge("flow_import_errors", "Scripts that could not be taken.", (await queries.ImportErrorsAsync(cancellation)).Count);
        var pools = await engine.Pools.ListAsync(cancellation);
        text.Gauge("flow_pool_slots", "Slots of pools.", "pool", pools.Select(pool => ((string?)pool.Pool.Name, (double)pool.Pool.Slots)));
        text.Gauge("flow_pool_used", "Slots of pools that running attempts hold.", "pool", pools.Select(pool => ((string?)pool.Pool.Name, (double)pool.Used)));
        text.Gauge("flow_pool_waiting", "Instances on this node that wait for slots of pools.", "pool", pools.Select(pool => ((string?)pool.Pool.Name, (double)pool.Waiting)));
        var report = await health.CheckAsync(cancellation);
        text.Gauge("flow_healthy", "1 when a part of the daemon is well.", "part", report.Parts.Select(part => ((string?)part.Name, part.Status == PartStatus.Ok ? 1.0 : 0)));
    }

    private static void Process(MetricsText text)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "Time that the daemon's process had of the processors.", process.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory of the daemon's process.", process.WorkingSet64);
        text.Gauge("process_start_time_seconds", "When it started, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        text.Gauge("process_threads", "Its threads.", process.Threads.Count);
        text.Gauge("dotnet_gc_heap_bytes", "Memory of its objects after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        text.Counter(
            "dotnet_gc_collections_total", "Garbage collections.", "generation",
            Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => ((string?)$"{generation}", (double)GC.CollectionCount(generation))));
        text.Gauge("dotnet_thread_pool_queue_length", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
    }
}
