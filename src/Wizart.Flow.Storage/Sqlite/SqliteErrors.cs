using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Storage;
using static SQLitePCL.raw;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>What SQLite's errors mean to a person.</summary>
internal static class SqliteErrors
{
    /// <summary>Null for an error that only a bug of ours can cause.</summary>
    public static StoreException? Explain(SqliteException error, string file) => error.SqliteErrorCode switch
    {
        SQLITE_NOTADB => new StoreException(
            $"'{file}' is not an SQLite database, or it is encrypted. Move it away to begin with an empty one, or name another file.", error),
        SQLITE_CORRUPT => new StoreException(
            $"The database '{file}' is damaged ({error.Message}) Stop the daemon, move the file away, and restore a copy; " +
            "without a copy 'sqlite3 FILE .recover' saves what can be read, and with no file an empty database is made.", error),
        SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH => new StoreException(
            $"The database '{file}' can't be written. Give '{Environment.UserName}' the right to write the file and its folder, " +
            "or name another file.", error),
        SQLITE_CANTOPEN => new StoreException(
            $"The database '{file}' can't be opened. Check that its folder is there and that '{Environment.UserName}' may write it.", error),
        SQLITE_FULL => new StoreException(
            $"The disk with the database '{file}' is full. Free some space; the last change was not stored, nothing else is lost.", error)
        { IsTransient = true },
        SQLITE_IOERR => new StoreException(
            $"The disk with the database '{file}' gives errors ({error.Message}) Check the disk and that it is still mounted.", error),
        SQLITE_BUSY or SQLITE_LOCKED => new StoreException(
            $"The database '{file}' is locked by another program. Close what has it open (a database browser, a backup), then try again.", error)
        { IsTransient = true },
        _ => null,
    };
}
