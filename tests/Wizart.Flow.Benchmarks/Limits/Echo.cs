using System.Net.Sockets;

namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>A process that sends back what it gets: the other end of the round trips.</summary>
internal static class Echo
{
    public const string PipeVerb = "--echo-over-pipe";
    public const string SocketVerb = "--echo-over-socket";

    /// <summary>What goes to and fro, in bytes: about an order, and about an outcome.</summary>
    public const int Size = 512;

    public static int OverPipe()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var buffer = new byte[Size];
        while (input.ReadAtLeast(buffer, Size, throwOnEndOfStream: false) == Size)
        {
            output.Write(buffer);
            output.Flush();
        }

        return 0;
    }

    public static int OverSocket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        var buffer = new byte[Size];
        while (stream.ReadAtLeast(buffer, Size, throwOnEndOfStream: false) == Size) stream.Write(buffer);
        return 0;
    }
}
