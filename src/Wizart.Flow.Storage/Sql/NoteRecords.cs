using System.Data.Common;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of notes.</summary>
internal static class NoteRecords
{
    public static Task<int> SaveAsync(DbConnection connection, RunNote note) => note.Text.Length == 0
        ? connection.Command(
            "delete from notes where run_id = @run and task_id = @task and map_index = @map",
            ("run", note.RunId), ("task", note.TaskId ?? ""), ("map", note.MapIndex)).ExecuteAsync()
        : connection.Command(
            """
            insert into notes (run_id, task_id, map_index, text, author, at) values (@run, @task, @map, @text, @author, @at)
            on conflict (run_id, task_id, map_index) do update set text = excluded.text, author = excluded.author, at = excluded.at
            """,
            ("run", note.RunId), ("task", note.TaskId ?? ""), ("map", note.MapIndex), ("text", note.Text), ("author", note.Author),
            ("at", note.At)).ExecuteAsync();

    public static Task<List<RunNote>> ListAsync(DbConnection connection, long run, CancellationToken cancellation) =>
        connection.Command("select task_id, map_index, text, author, at from notes where run_id = @run order by task_id, map_index", ("run", run))
            .ListAsync(
                row => new RunNote(
                    run, row.GetString(0) is { Length: > 0 } task ? task : null, row.GetInt32(1), row.GetString(2), row.GetString(3), row.Time(4)),
                cancellation);
}
