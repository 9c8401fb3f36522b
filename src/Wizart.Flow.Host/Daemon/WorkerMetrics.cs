using Wizart.Flow.Runtime.Workers;
using Wizart.Flow.Web.Telemetry;

namespace Wizart.Flow.Host.Daemon;

/// <summary>Figures of the worker processes.</summary>
internal sealed class WorkerMetrics(WorkerPool workers) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricsText text)
    {
        var now = workers.Statistics;
        text.Gauge("flow_workers", "Worker processes, by what they do.", "state", [("busy", now.Busy), ("idle", now.Idle)]);
        text.Counter("flow_workers_started_total", "Worker processes that were started.", now.Started);
        text.Counter("flow_workers_recycled_total", "Workers replaced because of their age, their memory, or idleness.", now.Recycled);
        text.Counter("flow_workers_died_total", "Workers that died or were killed at work.", now.Died);
    }
}
