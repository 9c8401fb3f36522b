using System.Net.Sockets;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Worker;

/// <summary>The way to the pool that started this process.</summary>
internal sealed record WorkerSettings(WorkerKind Kind, string SocketPath, byte[] Token, string OutboxPath)
{
    /// <summary>Takes the settings out of the environment, so that no body and no child process sees them; null when there are none.</summary>
    public static WorkerSettings? Take()
    {
        var kind = Take(WorkerProtocol.KindVariable);
        var socket = Take(WorkerProtocol.SocketVariable);
        var token = Take(WorkerProtocol.TokenVariable);
        var outbox = Take(WorkerProtocol.OutboxVariable);
        // What tunes this process would hinder the programs that bodies start.
        foreach (var name in WorkerProtocol.RuntimeVariables) Take(name);
        return Enum.TryParse<WorkerKind>(kind, out var what) && socket is not null && token is not null && outbox is not null
            ? new WorkerSettings(what, socket, Convert.FromHexString(token), outbox)
            : null;
    }

    /// <summary>Connects and greets.</summary>
    public Socket Connect(SocketRole role)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        socket.Send([.. Token, (byte)role]);
        return socket;
    }

    private static string? Take(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        return value;
    }
}
