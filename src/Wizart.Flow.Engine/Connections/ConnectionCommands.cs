using System.Text.RegularExpressions;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Connections;

/// <summary>What people and programs may ask of connections. Everything that changes something is in the audit log, without values.</summary>
public sealed partial class ConnectionCommands(
    RunCoordinator coordinator, IFlowStore store, StoredSettings stored, IGivenConnections given, ConnectionTypes types, TimeProvider time)
{
    /// <summary>How long trying a connection may take.</summary>
    public static readonly TimeSpan TrialLimit = TimeSpan.FromSeconds(10);

    /// <summary>The kinds that people can set up.</summary>
    public IEnumerable<ConnectionKind> Kinds => types.Kinds;

    /// <summary>The kind of a connection; null when no provider describes it.</summary>
    public ConnectionKind? KindOf(string type) => types.FindKind(type);

    /// <summary>All connections by id; of two with the same id the one that tasks get.</summary>
    public async Task<IReadOnlyList<KnownConnection>> AllAsync(CancellationToken cancellation) =>
    [
        .. given.All().Concat(await stored.AllAsync(cancellation)).DistinctBy(c => c.Id, StringComparer.Ordinal)
            .OrderBy(c => c.Id, StringComparer.Ordinal),
    ];

    /// <summary>One, as tasks get it.</summary>
    /// <exception cref="FlowCommandException">There is none.</exception>
    public async Task<KnownConnection> FindAsync(string id, CancellationToken cancellation)
    {
        if (given.All().FirstOrDefault(c => c.Id == id) is { } one) return one;
        if (await store.ConnectionAsync(id, cancellation) is { } found) return stored.Known(found);
        throw await UnknownAsync(id, cancellation);
    }

    /// <summary>Stores a connection; gives it as it is now, and whether it is new.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="draft">What is written down.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="isExpected">Looks at the stored one, null when there is none, while nobody else can change it; throws to refuse.</param>
    /// <exception cref="FlowCommandException">Something is wrong with it; all of it is told. Or it stands in a file or in the environment.</exception>
    public async Task<(KnownConnection Connection, bool IsNew)> SetAsync(
        string id, ConnectionDraft draft, Caller actor, Func<KnownConnection?, bool> isExpected)
    {
        if (!Name().IsMatch(id))
            throw new FlowCommandException(Refusal.Invalid, $"'{id}' can't be the id of a connection: use 1 to 100 letters, digits, '_', '-' and '.'.");
        RefuseGiven(id);
        var (saved, isNew, refusal) = await coordinator.ExecuteAsync<(StoredConnection?, bool, FlowCommandException?)>(async transaction =>
        {
            var before = await transaction.LockConnectionAsync(id);
            if (!isExpected(before is null ? null : stored.Known(before))) return (null, false, Changed(id));
            var (settings, mistakes) = Merge(id, draft, before);
            if (settings is null) return (null, false, Wrong(mistakes));
            var now = Stored(time.GetUtcNow());
            if (before is not null && now <= before.UpdatedAt) now = before.UpdatedAt.AddMicroseconds(1);
            var connection = new StoredConnection(id, settings.Type, draft.Description, stored.Write(settings), now);
            await transaction.SaveConnectionAsync(connection);
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, before is null ? "add connection" : "change connection", id, settings.Type));
            return (connection, before is null, null);
        });
        return refusal is null ? (stored.Known(saved!), isNew) : throw refusal;
    }

    /// <summary>Removes a connection.</summary>
    /// <exception cref="FlowCommandException">There is none in the database.</exception>
    public async Task RemoveAsync(string id, Caller actor, Func<KnownConnection?, bool> isExpected)
    {
        RefuseGiven(id);
        var refusal = await coordinator.ExecuteAsync(async transaction =>
        {
            var before = await transaction.LockConnectionAsync(id);
            if (!isExpected(before is null ? null : stored.Known(before))) return Changed(id);
            if (before is null || !await transaction.RemoveConnectionAsync(id)) return new FlowCommandException(Refusal.NotFound, $"There is no connection '{id}'.");
            await transaction.AuditAsync(new AuditEntry(time.GetUtcNow(), actor, "remove connection", id, null));
            return null;
        });
        if (refusal is not null) throw refusal;
    }

    /// <summary>Tries a connection from this process: reaches the other side, and signs in where it asks for that.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="draft">What is written down and not yet stored; null to try it as it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="FlowCommandException">There is no such connection, or something is wrong with what is written down.</exception>
    public async Task<ConnectionTrial> TryAsync(string id, ConnectionDraft? draft, CancellationToken cancellation)
    {
        var settings = draft is null ? Readable(await FindAsync(id, cancellation)) : await DraftedAsync(id, draft, cancellation);
        if (types.FindKind(settings.Type) is not { Check: { } check } kind)
            return new ConnectionTrial(false, $"Connections of type '{settings.Type}' can't be tried: {KindsAdvice()}", TimeSpan.Zero);

        var began = time.GetTimestamp();
        using var limit = new CancellationTokenSource(TrialLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            // Some clients can't be stopped while they look up a name: then they are left behind.
            var found = await Task.Run(() => check(settings, new ConnectionScope(time, (_, _) => { }, either.Token)), either.Token).WaitAsync(either.Token);
            return new ConnectionTrial(true, found, time.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ConnectionTrial(false, $"No answer within {TrialLimit.TotalSeconds:0} s. Check the address, and whether a firewall stands between.", time.GetElapsedTime(began));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever a client throws is what the person who tries wants to know.
            return new ConnectionTrial(false, ConnectionText.WithoutSecrets(error.Message, settings, kind), time.GetElapsedTime(began));
        }
    }

    private async Task<ConnectionSettings> DraftedAsync(string id, ConnectionDraft draft, CancellationToken cancellation)
    {
        var (settings, mistakes) = Merge(id, draft, await store.ConnectionAsync(id, cancellation));
        return settings ?? throw Wrong(mistakes);
    }

    private (ConnectionSettings? Settings, IReadOnlyList<string> Mistakes) Merge(string id, ConnectionDraft draft, StoredConnection? before)
    {
        var type = draft.Type ?? before?.Type;
        if (type is null) return (null, [$"type must be given. {KindsAdvice()}"]);
        if (types.FindKind(type) is not { } kind) return (null, [$"'{type}' is no type of connection.{Nearest.Hint(type, types.Kinds.Select(k => k.Name))} {KindsAdvice()}"]);
        var kept = before is not null && before.Type == type && stored.Known(before).Settings is { } old ? old : new ConnectionSettings(id, type, new Dictionary<string, string>());
        return new ConnectionForm(kind).Fill(kept, draft);
    }

    private static ConnectionSettings Readable(KnownConnection connection) =>
        connection.Settings ?? throw new FlowCommandException(Refusal.Conflict, connection.Problem ?? $"Connection '{connection.Id}' can't be read.");

    private void RefuseGiven(string id)
    {
        if (given.All().FirstOrDefault(c => c.Id == id) is { } one)
            throw new FlowCommandException(
                Refusal.Conflict,
                $"Connection '{id}' stands {(one.Origin == ConnectionOrigin.File ? "in connections.json" : "in the daemon's environment")}, which goes before the database. Change it there, or remove it there first.");
    }

    private async Task<FlowCommandException> UnknownAsync(string id, CancellationToken cancellation) =>
        new(Refusal.NotFound, $"There is no connection '{id}'.{Nearest.Hint(id, (await AllAsync(cancellation)).Select(c => c.Id))}");

    /// <summary>As exact as databases keep it.</summary>
    private static DateTimeOffset Stored(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static FlowCommandException Wrong(IReadOnlyList<string> mistakes) =>
        new(Refusal.Invalid, mistakes[0], [.. mistakes.Select(m => new Model.Diagnostic("invalid", m, null))]);

    private static FlowCommandException Changed(string id) =>
        new(Refusal.Overtaken, $"Connection '{id}' was changed since you looked at it. Look again, and decide anew.");

    private string KindsAdvice() => $"There are: {string.Join(", ", types.Kinds.Select(k => k.Name))}.";

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.\-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
