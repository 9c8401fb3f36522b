using System.Runtime.InteropServices;
using Wizart.Flow.Host.Cli;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new FlowCommandLine(Terminal.OfProcess()).RunAsync(args, stop.Token);

// The first Ctrl+C asks; the second takes its own way.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    if (signal.Cancel) stop.Cancel();
}
