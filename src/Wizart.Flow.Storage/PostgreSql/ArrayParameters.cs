using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.PostgreSql;

/// <summary>
/// Rows as one array per column, which a statement unfolds with <c>unnest</c>: one text and one plan whatever the number of rows.
/// </summary>
internal static class ArrayParameters
{
    public static void Longs<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, long> value) =>
        Add(command, NpgsqlDbType.Bigint, rows, value);

    public static void Integers<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, int> value) =>
        Add(command, NpgsqlDbType.Integer, rows, value);

    public static void Numbers<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, double?> value) =>
        Add(command, NpgsqlDbType.Double, rows, value);

    public static void Texts<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, string?> value) =>
        Add(command, NpgsqlDbType.Text, rows, row => StoredText.Clean(value(row)));

    public static void Times<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, DateTimeOffset?> value) =>
        Add(command, NpgsqlDbType.Bigint, rows, row => UnixMicroseconds.From(value(row)));

    public static void LongsOrNull<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, long?> value) =>
        Add(command, NpgsqlDbType.Bigint, rows, value);

    public static void Bytes<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> rows, Func<T, ReadOnlyMemory<byte>?> value) =>
        Add(command, NpgsqlDbType.Bytea, rows, row => value(row) is { } bytes ? Array(bytes) : null);

    private static void Add<T, TValue>(NpgsqlBatchCommand command, NpgsqlDbType type, IReadOnlyList<T> rows, Func<T, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static byte[] Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();
}
