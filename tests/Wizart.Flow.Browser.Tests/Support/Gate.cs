namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>A run of the DAG <c>gated</c> that goes on when the gate is opened.</summary>
internal sealed class Gate : IDisposable
{
    private readonly string _file;

    private Gate(string file, long run) => (_file, Run) = (file, run);

    public long Run { get; }

    /// <summary>Starts a run whose task <c>wait</c> waits.</summary>
    public static async Task<Gate> StartAsync(Site site)
    {
        site.Need();
        var file = Path.Combine(site.Home.Root, $"gate-{Guid.NewGuid():N}");
        var run = await site.Api.TriggerAsync("gated", new { gate = file });
        return new Gate(file, run.Id);
    }

    /// <summary>Lets it go on.</summary>
    public void Open() => File.WriteAllText(_file, "open");

    // A run that nobody waits for does not hold a process for the rest of the tests.
    public void Dispose() => Open();
}
