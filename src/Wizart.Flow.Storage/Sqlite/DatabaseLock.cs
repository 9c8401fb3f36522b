using System.Globalization;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>
/// Keeps a second daemon off an SQLite file. The lock is the operating system's, on <c>FILE.lock</c>, and is gone when the
/// process is, however it ends; <c>FILE.pid</c> beside it says who holds it.
/// </summary>
public sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _owner;

    private DatabaseLock(FileStream held, string owner) => (_held, _owner) = (held, owner);

    /// <summary>Takes the lock.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="time">The clock; who is refused is told since when the other runs.</param>
    /// <exception cref="StoreException">Another process has it, or its folder can't be written; the message says which.</exception>
    public static DatabaseLock Take(string database, TimeProvider time)
    {
        // Two files, because a file that is locked can't be read.
        var owner = database + ".pid";
        FileStream held;
        try
        {
            held = new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsHeld(error))
        {
            throw new StoreException(
                $"The database '{database}' is in use by {ReadOwner(owner)}. Stop it first, or give this one another database: " +
                "an SQLite file serves one daemon; several need PostgreSQL.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(database, error);
        }

        try
        {
            File.WriteAllText(owner, string.Create(
                CultureInfo.InvariantCulture, $"{Environment.ProcessId}, started {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw CannotWrite(database, error);
        }

        return new DatabaseLock(held, owner);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_owner);
        _held.Dispose();
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.</summary>
    private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;

    private static StoreException CannotWrite(string database, Exception error) => new(
        $"The files beside the database '{database}' can't be written: {error.Message} Give '{Environment.UserName}' the right " +
        "to write the folder, or name another database.", error);

    private static string ReadOwner(string file)
    {
        try
        {
            return $"process {File.ReadAllText(file).Trim()}";
        }
        catch (IOException)
        {
            return "another process that is just starting or stopping";
        }
    }
}
