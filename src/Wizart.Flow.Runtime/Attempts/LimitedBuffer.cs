using System.Buffers;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>A buffer that refuses to grow over a limit, so that a value too large is found out while it is written, not after.</summary>
internal sealed class LimitedBuffer(int limit) : IBufferWriter<byte>
{
    private const int KeptCapacity = 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _written = new();

    public ReadOnlyMemory<byte> Written => _written.WrittenMemory;

    /// <summary>Whether a buffer of this capacity is worth keeping for the next value.</summary>
    public bool IsModest => _written.Capacity <= KeptCapacity;

    public void Clear() => _written.ResetWrittenCount();

    public void Advance(int count)
    {
        if (_written.WrittenCount + (long)count > limit) throw new ValueTooLargeException();
        _written.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _written.GetMemory(Fitting(sizeHint));

    public Span<byte> GetSpan(int sizeHint = 0) => _written.GetSpan(Fitting(sizeHint));

    // A single huge text asks for all its room at once: up to three times its length, of which it may use a third.
    private int Fitting(int sizeHint) =>
        _written.WrittenCount + (long)sizeHint <= limit * 6L ? sizeHint : throw new ValueTooLargeException();
}

/// <summary>A value over <see cref="Execution.TaskValue.Limit"/>.</summary>
internal sealed class ValueTooLargeException : Exception;
