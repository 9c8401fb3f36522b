namespace Wizart.Flow.Web.Health;

/// <summary>Asks all parts of the daemon how they are.</summary>
public sealed class HealthCheck(IEnumerable<IHealthPart> parts)
{
    /// <summary>How they are; the daemon has failed when one of them has.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellation)
    {
        var found = new List<HealthPartResource>();
        foreach (var part in parts)
        {
            var health = await part.CheckAsync(cancellation);
            found.Add(new HealthPartResource(part.Name, health.Status, health.Beat, health.Detail));
        }

        return new HealthReport(found.Exists(part => part.Status == PartStatus.Failed) ? PartStatus.Failed : PartStatus.Ok, found);
    }
}
