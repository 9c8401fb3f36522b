namespace Wizart.Flow.Web.Telemetry;

/// <summary>Somebody who knows figures of the daemon that the engine does not.</summary>
public interface IMetricSource
{
    /// <summary>Writes them as they are now.</summary>
    void Write(MetricsText text);
}
