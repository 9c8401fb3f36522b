using System.Data.Common;
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

    /// <summary>Makes a command over a list of values; its text is made around the list of their parameters.</summary>
    public static DbCommand Over<T>(
        this DbConnection connection, IEnumerable<T> values, Func<string, string> sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.Command("", parameters);
        var names = new List<string>();
        foreach (var value in values)
        {
            names.Add($"@value{names.Count}");
            command.Add(names[^1], value);
        }

#pragma warning disable CA2100 // the list holds names of parameters only
        command.CommandText = sql(string.Join(", ", names));
#pragma warning restore CA2100
        return command;
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
