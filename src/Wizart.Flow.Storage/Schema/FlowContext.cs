using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Wizart.Flow.Storage.Schema;

/// <summary>
/// The tables and their migrations. Nothing is read or written through it: start-up and the state hot path would pay for
/// its model and change tracking, so the stores speak plain SQL, and EF is loaded only when the schema must be changed.
/// </summary>
/// <remarks>
/// Rows of runs carry no foreign keys to <c>dag_runs</c>: they are only written where that row exists, in the same
/// statement or transaction, and PostgreSQL would check each one again.
/// <para>
/// A migration is scaffolded for both contexts under one name and id, by a project outside this solution that references
/// the built assembly and EF's design package (which wants another Roslyn than ours), through <c>IMigrationsScaffolder</c>.
/// </para>
/// </remarks>
public abstract class FlowContext(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds.Converter>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        DagTables.Build(modelBuilder);
        RunTables.Build(modelBuilder);
        BackfillTables.Build(modelBuilder);
        StreamTables.Build(modelBuilder);
        HouseTables.Build(modelBuilder);
        DeliveryTables.Build(modelBuilder);
        LimitTables.Build(modelBuilder);
        AssetTables.Build(modelBuilder);
        AccessTables.Build(modelBuilder);

        foreach (var table in modelBuilder.Model.GetEntityTypes())
        {
            table.FindPrimaryKey()!.SetName($"pk_{table.GetTableName()}");
            foreach (var foreignKey in table.GetForeignKeys()) foreignKey.SetConstraintName($"fk_{table.GetTableName()}_version");
            foreach (var property in table.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}

/// <summary>The tables on SQLite.</summary>
public sealed class SqliteFlowContext(DbContextOptions<SqliteFlowContext> options) : FlowContext(options);

/// <summary>The tables on PostgreSQL.</summary>
public sealed class PostgreSqlFlowContext(DbContextOptions<PostgreSqlFlowContext> options) : FlowContext(options);
