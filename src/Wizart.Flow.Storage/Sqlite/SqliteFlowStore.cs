using System.Data.Common;
using Microsoft.Data.Sqlite;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Sqlite;

/// <summary>
/// The store in an SQLite file, for one daemon. One connection writes, one transaction at a time and without waiting for
/// anything but the disk; reads have connections of their own and are never held up (write-ahead log).
/// </summary>
public sealed class SqliteFlowStore(StorageOptions options, TimeProvider time) : SqlFlowStore
{
    private readonly SqliteFile _file = new(options);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DatabaseLock? _lock;
    private SqliteWriter? _writer;
    private bool _disposed;

    /// <summary>Takes the <see cref="DatabaseLock"/>, makes the file and its folder, and brings the schema up to date.</summary>
    public override async Task InitializeAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_writer is not null) return;
        try
        {
            _file.CreateFolder();
            _lock ??= DatabaseLock.Take(_file.Path, time);
            await SqliteSchema.UpgradeAsync(_file, cancellation);
            _writer = OpenWriter();
        }
        catch (Exception error)
        {
            _lock?.Dispose();
            _lock = null;
            if (Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<IFlowTransaction> BeginAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var writer = _writer ?? throw new InvalidOperationException("InitializeAsync comes first.");
            writer.Begin();
            return new SqliteFlowTransaction(this, writer);
        }
        catch (Exception error)
        {
            _turn.Release();
            if (Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        await _turn.WaitAsync();
        _disposed = true;
        _file.CloseReaders();
        _writer?.Dispose(); // last: it is the one that folds the write-ahead log into the file
        _lock?.Dispose();
        _turn.Release();
    }

    private SqliteWriter OpenWriter()
    {
        var writer = new SqliteWriter(_file.OpenForWriting());
        try
        {
            writer.Begin(); // a file that can't be written, or is locked, shows here and not with the first run
            writer.Rollback();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    internal void EndTurn() => _turn.Release();

    internal override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) => await _file.OpenForReadingAsync(cancellation);

    internal override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        new(((SqliteConnection)connection).BeginTransaction(deferred: true));

    internal override StoreException? Explain(Exception error) =>
        error is SqliteException known ? SqliteErrors.Explain(known, _file.Path) : null;
}
