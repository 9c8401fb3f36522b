using System.Data.Common;
using System.Globalization;
using System.Text;
using Wizart.Flow.Providers.Sql.Dialects;
using Wizart.Flow.Providers.Sql.Rows;
using Wizart.Flow.Providers.Sql.Sessions;
using Wizart.Flow.Providers.Sql.Statements;

namespace Wizart.Flow.Providers.Sql.Tables;

/// <summary>Writes rows into a table, and creates the table when there is none. Runs in a transaction.</summary>
internal sealed class TableWriter(Session session, SqlName table)
{
    private Dialect Dialect => session.Dialect;

    /// <summary>Adds rows whose key is new, and replaces the others' other columns.</summary>
    public async Task<int> Upsert<T>(IReadOnlyCollection<T> rows, IReadOnlyList<RowColumn> columns, RowKey key)
        where T : notnull
    {
        if (key.FindConflict(rows, Dialect) is { } conflict) throw Dialect.Failure($"{table}: {conflict}");
        var shape = await Shape(columns, key);
        var bound = Bind(columns, shape);
        var keys = bound.Where(b => key.Columns.Contains(b.Row)).ToArray();
        CheckUnique(shape, keys);

        var others = bound.Except(keys).Select(b => $"{b.QuotedName} = excluded.{b.QuotedName}").ToArray();
        var ending = $" on conflict ({string.Join(", ", keys.Select(b => b.QuotedName))}) do "
            + (others.Length > 0 ? "update set " + string.Join(", ", others) : "nothing");
        await Write(rows, bound, ending);
        return rows.Count;
    }

    /// <summary>Adds rows.</summary>
    public async Task<int> Insert<T>(IReadOnlyCollection<T> rows, IReadOnlyList<RowColumn> columns)
        where T : notnull
    {
        var bound = Bind(columns, await Shape(columns, new RowKey([])));
        await (Dialect.Copy(session, table, bound, rows) ?? Write(rows, bound, ""));
        return rows.Count;
    }

    private async Task<TableShape> Shape(IReadOnlyList<RowColumn> columns, RowKey key)
    {
        if (await Dialect.Describe(session, table) is { } shape) return shape;
        await Dialect.LockCreation(session, table);
        await session.Execute(Statement.Plain(CreateTable(columns, key)));
        return await Dialect.Describe(session, table) ?? throw Dialect.Failure($"{table} was created and can't be seen: check the search path.");
    }

    private string CreateTable(IReadOnlyList<RowColumn> columns, RowKey key)
    {
        var lines = columns.Select(c =>
            $"{SqlName.Quote(c.Name)} {Dialect.ColumnType(c.Property.PropertyType)}{(c.Required || key.Columns.Contains(c) ? " not null" : "")}");
        if (key.Columns.Count > 0) lines = lines.Append($"primary key ({string.Join(", ", key.Columns.Select(c => SqlName.Quote(c.Name)))})");
        return $"create table if not exists {table} (\n    {string.Join(",\n    ", lines)}\n)";
    }

    private List<ColumnBinding> Bind(IReadOnlyList<RowColumn> columns, TableShape shape)
    {
        var existing = shape.Columns.ToLookup(c => ColumnName.Key(c.Name));
        var bound = new List<ColumnBinding>();
        foreach (var column in columns)
        {
            var candidates = existing[ColumnName.Key(column.Name)].ToArray();
            var found = candidates.FirstOrDefault(c => c.Name == column.Name) ?? candidates.FirstOrDefault();
            if (found is null)
            {
                throw Dialect.Failure(
                    $"{table} has no column for {column.Property.Name}. Add it: alter table {table} "
                    + $"add column {SqlName.Quote(column.Name)} {Dialect.ColumnType(column.Property.PropertyType)}");
            }

            bound.Add(new ColumnBinding(column, found));
        }

        return bound;
    }

    private void CheckUnique(TableShape shape, ColumnBinding[] keys)
    {
        var names = keys.Select(k => k.Column.Name).ToHashSet();
        if (shape.UniqueKeys.Any(unique => unique.SetEquals(names))) return;
        var index = SqlName.Quote(string.Join('_', [table.Last, .. keys.Select(k => k.Column.Name), "key"]));
        var columns = string.Join(", ", keys.Select(k => k.QuotedName));
        throw Dialect.Failure(
            $"{table} has no unique index on exactly the key columns. Create it: create unique index {index} on {table} ({columns})");
    }

    private Task Write<T>(IReadOnlyCollection<T> rows, List<ColumnBinding> columns, string ending)
        where T : notnull => session.Guard(InsertSql(columns, 1, ending), async () =>
    {
        DbCommand? command = null;
        try
        {
            foreach (var batch in rows.Chunk(Dialect.RowsPerStatement(columns.Count)))
            {
                var parameters = batch.Length * columns.Count;
                if (command?.Parameters.Count != parameters)
                {
                    if (command is not null) await command.DisposeAsync();
                    command = session.CreateCommand(InsertSql(columns, batch.Length, ending), parameters);
                }

                var next = 0;
                foreach (var row in batch)
                    foreach (var column in columns)
                        command.Parameters[next++].Value = Dialect.ToStored(column.Row.ValueOf(row)) ?? DBNull.Value;
                await command.ExecuteNonQueryAsync(session.Cancellation);
            }
        }
        finally
        {
            if (command is not null) await command.DisposeAsync();
        }

        return true;
    });

    private string InsertSql(List<ColumnBinding> columns, int rows, string ending)
    {
        var sql = new StringBuilder($"insert into {table} ({string.Join(", ", columns.Select(c => c.QuotedName))}) values ");
        var parameter = 0;
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            sql.AppendJoin(", ", columns.Select(c => Dialect.Cast("@" + (++parameter).ToString(CultureInfo.InvariantCulture), c.Column)));
            sql.Append(')');
        }

        return sql.Append(ending).ToString();
    }
}
