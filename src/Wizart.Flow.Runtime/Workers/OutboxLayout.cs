using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>
/// The outbox of a worker: frames that it has not sent yet lie in a file mapped into its memory, so that what a body said
/// before its process died is not lost with it, and a line costs no system call. Layout: the serial of the order being
/// worked on, the place of the first byte in the stream of all that was ever sent, the length, then the bytes.
/// </summary>
internal static class OutboxLayout
{
    public const int SerialOffset = 0;
    public const int PositionOffset = 8;
    public const int LengthOffset = 16;
    public const int DataOffset = 64;
    public const int Capacity = 128 * 1024;
    public const int FileSize = DataOffset + Capacity;

    /// <summary>The serial of the last order that the worker began.</summary>
    public static long ReadSerial(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[DataOffset];
        RandomAccess.Read(file, header, 0);
        return BinaryPrimitives.ReadInt64LittleEndian(header[SerialOffset..]);
    }

    /// <summary>What a dead worker had not sent: all after the bytes that have come.</summary>
    public static byte[] ReadRest(SafeFileHandle file, long received)
    {
        Span<byte> header = stackalloc byte[DataOffset];
        RandomAccess.Read(file, header, 0);
        var position = BinaryPrimitives.ReadInt64LittleEndian(header[PositionOffset..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[LengthOffset..]);
        var sent = received - position;
        if (length <= 0 || length > Capacity || sent < 0 || sent >= length) return [];
        var rest = new byte[length - sent];
        RandomAccess.Read(file, rest, DataOffset + sent);
        return rest;
    }
}
