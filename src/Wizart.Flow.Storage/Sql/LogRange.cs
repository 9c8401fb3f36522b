using System.Data.Common;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Logs;

namespace Wizart.Flow.Storage.Sql;

/// <summary>A range of an attempt's log lines, from the batches it lies in.</summary>
internal static class LogRange
{
    /// <summary>The number of the last line.</summary>
    public static Task<int> LengthAsync(DbConnection connection, AttemptKey key, CancellationToken cancellation) => connection.Command(
        """
        select first_line + line_count - 1 from log_chunks
        where run_id = @run and task_index = @task and map_index = @map and attempt = @attempt
        order by first_line desc limit 1
        """,
        ("run", key.RunId), ("task", key.TaskIndex), ("map", key.MapIndex), ("attempt", key.Attempt)).ScalarAsync<int>(cancellation);

    public static async Task<IReadOnlyList<NumberedLogLine>> ReadAsync(
        DbConnection connection, AttemptKey key, int fromLine, int count, CancellationToken cancellation)
    {
        if (count <= 0) return [];
        var from = Math.Max(fromLine, 1);
        var end = from + (long)count;

        // The batch that the first line lies in is the last one that does not begin after it.
        var chunks = await connection.Command(
            """
            select first_line, lines from log_chunks
            where run_id = @run and task_index = @task and map_index = @map and attempt = @attempt
                and first_line < @end and first_line >= coalesce((
                    select max(first_line) from log_chunks
                    where run_id = @run and task_index = @task and map_index = @map and attempt = @attempt and first_line <= @from), 0)
            order by first_line
            """,
            ("run", key.RunId), ("task", key.TaskIndex), ("map", key.MapIndex), ("attempt", key.Attempt), ("end", end), ("from", from))
            .ListAsync(row => (First: row.GetInt32(0), Lines: row.GetFieldValue<byte[]>(1)), cancellation);

        var lines = new List<NumberedLogLine>();
        var next = from;
        foreach (var (first, packed) in chunks)
        {
            var number = Math.Max(first, next);
            foreach (var line in PackedLines.Unpack(packed, number - first))
            {
                if (number >= end) return lines;
                lines.Add(new NumberedLogLine(number++, line));
            }

            next = number;
        }

        return lines;
    }
}
