using Npgsql;
using NpgsqlTypes;
using Wizart.Flow.Providers.Sql.Rows;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Tables;

namespace Wizart.Flow.Providers.Sql.Dialects;

/// <summary>Rows by PostgreSQL's binary copy, which takes values only in exactly the column's type.</summary>
internal sealed class PostgresCopy(Session session, SqlName table, IReadOnlyList<ColumnBinding> columns)
{
    public Task<bool> Write<T>(IReadOnlyCollection<T> rows)
        where T : notnull
    {
        var sql = $"copy {table} ({string.Join(", ", columns.Select(c => c.QuotedName))}) from stdin (format binary)";
        return session.Guard(sql, async () =>
        {
            var connection = (NpgsqlConnection)session.Connection;
            await using var writer = await connection.BeginBinaryImportAsync(sql, session.Cancellation);
            var number = 0;
            foreach (var row in rows)
            {
                number++;
                await writer.StartRowAsync(session.Cancellation);
                foreach (var column in columns) await Write(writer, column, column.Row.ValueOf(row), number);
            }

            await writer.CompleteAsync(session.Cancellation);
            return true;
        });
    }

    private async Task Write(NpgsqlBinaryImporter writer, ColumnBinding column, object? value, int row)
    {
        if (session.Dialect.ToStored(value) is not { } stored)
        {
            await writer.WriteNullAsync(session.Cancellation);
            return;
        }

        // A type of the database's own, such as an enum, is sent as its text, which is its binary form too.
        var (type, clr) = Types.GetValueOrDefault(column.Column.Type, (NpgsqlDbType.Unknown, typeof(string)));
        await writer.WriteAsync(Convert(stored, clr, column, row), type, session.Cancellation);
    }

    private static object Convert(object value, Type clr, ColumnBinding column, int row)
    {
        try
        {
            var read = ValueReader.Read(value, clr);
            return read is not DateTime time ? read
                : DateTime.SpecifyKind(time, column.Column.Type == "timestamp with time zone" ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
        {
            throw new RowException($"{column.Row.Property.Name} of row {row} does not fit column {column.QuotedName}, {column.Column.Type}.", error);
        }
    }

    private static readonly Dictionary<string, (NpgsqlDbType, Type)> Types = new()
    {
        ["smallint"] = (NpgsqlDbType.Smallint, typeof(short)),
        ["integer"] = (NpgsqlDbType.Integer, typeof(int)),
        ["bigint"] = (NpgsqlDbType.Bigint, typeof(long)),
        ["numeric"] = (NpgsqlDbType.Numeric, typeof(decimal)),
        ["real"] = (NpgsqlDbType.Real, typeof(float)),
        ["double precision"] = (NpgsqlDbType.Double, typeof(double)),
        ["boolean"] = (NpgsqlDbType.Boolean, typeof(bool)),
        ["text"] = (NpgsqlDbType.Text, typeof(string)),
        ["character varying"] = (NpgsqlDbType.Varchar, typeof(string)),
        ["bpchar"] = (NpgsqlDbType.Char, typeof(string)),
        ["timestamp with time zone"] = (NpgsqlDbType.TimestampTz, typeof(DateTime)),
        ["timestamp without time zone"] = (NpgsqlDbType.Timestamp, typeof(DateTime)),
        ["date"] = (NpgsqlDbType.Date, typeof(DateOnly)),
        ["time without time zone"] = (NpgsqlDbType.Time, typeof(TimeOnly)),
        ["interval"] = (NpgsqlDbType.Interval, typeof(TimeSpan)),
        ["uuid"] = (NpgsqlDbType.Uuid, typeof(Guid)),
        ["bytea"] = (NpgsqlDbType.Bytea, typeof(byte[])),
        ["json"] = (NpgsqlDbType.Json, typeof(string)),
        ["jsonb"] = (NpgsqlDbType.Jsonb, typeof(string)),
    };
}
