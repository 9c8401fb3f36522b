using System.Runtime.InteropServices;

namespace Wizart.Flow.Providers.LoadTest;

/// <summary>Where the load came from.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="Processors">How many processors the generator may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET version.</param>
public sealed record LoadEnvironment(string Machine, int Processors, string System, string Runtime)
{
    internal static LoadEnvironment Here() =>
        new(Environment.MachineName, Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);
}
