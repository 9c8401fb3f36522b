using System.Data.Common;
using System.Runtime.CompilerServices;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Plain commands with named parameters, in words that both databases understand.</summary>
internal static class Commands
{
    /// <summary>Makes a command. Times become microseconds, text is cleaned, null becomes the database's null.</summary>
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this assembly; values go as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Add(name, value);
        return command;
    }

    /// <summary>Adds a parameter.</summary>
    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value switch
        {
            null => DBNull.Value,
            string text => StoredText.Clean(text),
            DateTimeOffset time => UnixMicroseconds.From(time),
            _ => value,
        };
        command.Parameters.Add(parameter);
    }

    /// <summary>Adds a parameter for each value and gives the list of their names.</summary>
    public static string AddList<T>(this DbCommand command, string prefix, IEnumerable<T> values)
    {
        var names = new DefaultInterpolatedStringHandler(0, 0);
        var count = 0;
        foreach (var value in values)
        {
            var name = $"{prefix}{count}";
            if (count++ > 0) names.AppendLiteral(", ");
            names.AppendLiteral("@");
            names.AppendLiteral(name);
            command.Add(name, value);
        }

        return names.ToStringAndClear();
    }

    /// <summary>Puts the command into a transaction.</summary>
    public static DbCommand In(this DbCommand command, DbTransaction transaction)
    {
        command.Transaction = transaction;
        return command;
    }

    /// <summary>Runs the command and disposes of it.</summary>
    public static async Task<int> ExecuteAsync(this DbCommand command, CancellationToken cancellation = default)
    {
        await using (command) return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The first column of the first row; the type's default when there is no row. Disposes of the command.</summary>
    public static async Task<T?> ScalarAsync<T>(this DbCommand command, CancellationToken cancellation = default)
    {
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            return await reader.ReadAsync(cancellation) && !await reader.IsDBNullAsync(0, cancellation) ? reader.GetFieldValue<T>(0) : default;
    }

    /// <summary>All rows. Disposes of the command.</summary>
    public static async Task<List<T>> ListAsync<T>(this DbCommand command, Func<DbDataReader, T> row, CancellationToken cancellation = default)
    {
        var rows = new List<T>();
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
        return rows;
    }
}
