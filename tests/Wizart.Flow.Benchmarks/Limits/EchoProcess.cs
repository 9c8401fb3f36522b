using System.Diagnostics;
using System.Net.Sockets;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>This side of an <see cref="Echo"/>.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stream _to;
    private readonly Stream _from;
    private readonly byte[] _buffer = new byte[Echo.Size];

    private EchoProcess(Process process, Stream to, Stream from) => (_process, _to, _from) = (process, to, from);

    public static EchoProcess OverPipe()
    {
        var process = Start([Echo.PipeVerb]);
        return new EchoProcess(process, process.StandardInput.BaseStream, process.StandardOutput.BaseStream).WarmUp();
    }

    public static EchoProcess OverSocket()
    {
        var path = Path.Combine(Path.GetTempPath(), $"flow-echo-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var process = Start([Echo.SocketVerb, path]);
        var stream = new NetworkStream(listener.Accept(), ownsSocket: true);
        File.Delete(path);
        return new EchoProcess(process, stream, stream).WarmUp();
    }

    /// <summary>Starts one that ends at once, and waits for its end.</summary>
    public static void StartAndEnd()
    {
        using var process = Start([Echo.PipeVerb]);
        process.StandardInput.Close();
        process.WaitForExit();
    }

    public void RoundTrip()
    {
        _to.Write(_buffer);
        _to.Flush();
        _from.ReadExactly(_buffer);
    }

    public void Dispose()
    {
        _to.Dispose();
        _from.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private EchoProcess WarmUp()
    {
        for (var i = 0; i < 2_000; i++) RoundTrip();
        return this;
    }

    private static Process Start(string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] all = isHost ? [typeof(Echo).Assembly.Location, .. arguments] : arguments;
        return Process.Start(new ProcessStartInfo(program, all) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
