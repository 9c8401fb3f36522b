using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>
/// How pool and worker speak: frames of a little-endian length, a kind, and a payload, over a Unix socket. A second socket
/// carries raw output and has no frames after its greeting.
/// </summary>
internal static class WorkerProtocol
{
    /// <summary>Length (4 bytes) and kind (1 byte).</summary>
    public const int HeaderSize = 5;

    /// <summary>A frame that claims more than this is no frame.</summary>
    public const int LargestPayload = 1024 * 1024 * 1024;

    /// <summary>A greeting: a token that is good for one worker, and which socket this is.</summary>
    public const int TokenSize = 32;

    /// <summary>The environment variables a worker is told its way by; it removes them before any body runs.</summary>
    public const string SocketVariable = "WIZART_FLOW_WORKER_SOCKET";

    /// <summary>The token, hex.</summary>
    public const string TokenVariable = "WIZART_FLOW_WORKER_TOKEN";

    /// <summary>The file of the outbox.</summary>
    public const string OutboxVariable = "WIZART_FLOW_WORKER_OUTBOX";

    /// <summary>What the worker is for: a <see cref="WorkerKind"/>.</summary>
    public const string KindVariable = "WIZART_FLOW_WORKER_KIND";

    /// <summary>What tunes the runtime of a worker and is not for the programs that bodies start.</summary>
    public static IReadOnlyList<string> RuntimeVariables { get; } =
        ["DOTNET_gcServer", "DOTNET_gcConcurrent", "DOTNET_TieredPGO", "DOTNET_TC_QuickJitForLoops", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimit"];

    public static byte[] NewToken() => RandomNumberGenerator.GetBytes(TokenSize);

    public static void WriteHeader(Span<byte> target, FrameKind kind, int payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, payload);
        target[4] = (byte)kind;
    }
}

/// <summary>What a frame is about.</summary>
internal enum FrameKind : byte
{
    /// <summary>Pool to worker: serial (8 bytes), then an order.</summary>
    Run = 1,

    /// <summary>Pool to worker: serial, kind of stop (1 byte), then the reason as UTF-8.</summary>
    Stop = 2,

    /// <summary>Pool to worker: serial, then an image reference and a file.</summary>
    Describe = 3,

    /// <summary>Worker to pool: an event of the attempt.</summary>
    Event = 4,

    /// <summary>Worker to pool: a script's description.</summary>
    Described = 5,
}

/// <summary>What a worker is for.</summary>
internal enum WorkerKind
{
    /// <summary>Runs attempts.</summary>
    Runner,

    /// <summary>Evaluates scripts.</summary>
    Describer,
}

/// <summary>Which of a worker's two sockets greets.</summary>
internal enum SocketRole : byte
{
    /// <summary>Frames.</summary>
    Control = 1,

    /// <summary>Standard output and error of the process, as they are.</summary>
    Output = 2,
}
