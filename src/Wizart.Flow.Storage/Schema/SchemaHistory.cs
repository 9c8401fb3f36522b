using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Sql;

namespace Wizart.Flow.Storage.Schema;

/// <summary>
/// Which migrations a database has had. Read without EF: building its model takes longer than everything else a start
/// does, and is only needed when there is something to change.
/// </summary>
internal static class SchemaHistory
{
    public const string Table = "__EFMigrationsHistory";

    public static Task<List<string>> AppliedAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.Command($"""select "MigrationId" from "{Table}" """).ListAsync(row => row.GetString(0), cancellation);

    /// <summary>The migrations of a provider that this program knows.</summary>
    public static IReadOnlyList<string> Known<TContext>() where TContext : FlowContext =>
    [
        .. typeof(TContext).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(TContext))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether migrations are missing.</summary>
    /// <exception cref="StoreException">The database has had migrations that this program does not know.</exception>
    public static bool NeedsUpgrade<TContext>(IReadOnlyCollection<string> applied, string database) where TContext : FlowContext
    {
        var known = Known<TContext>();
        var unknown = applied.Except(known).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
            throw new StoreException(
                $"The database {database} is newer than this program: it has had the schema change '{unknown[^1]}'. " +
                "Start the newer program again, or restore the copy made before it was upgraded.");
        return known.Except(applied).Any();
    }
}
