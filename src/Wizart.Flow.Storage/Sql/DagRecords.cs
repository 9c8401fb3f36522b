using System.Data.Common;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of DAGs and their versions, as records.</summary>
internal static class DagRecords
{
    /// <summary>Columns of <c>dag_versions v</c>.</summary>
    public const string VersionColumns =
        "v.id, v.dag_id, v.number, v.model, v.image_hash, v.image_directory, v.code_hash, v.source, v.file, v.created_at";

    /// <summary>All DAGs <c>d</c> with their active versions <c>v</c>.</summary>
    public const string Dags =
        $"select {VersionColumns}, d.id, d.file, d.is_active, d.is_paused, d.active_since, d.pause_reason, d.failures_since from dags d join dag_versions v on v.id = d.version_id";

    public static DagVersion Version(DbDataReader row, ModelCache models) => new()
    {
        Id = row.GetInt64(0),
        DagId = row.GetString(1),
        Number = row.GetInt32(2),
        Model = models.Get(row.GetInt64(0), row.GetString(4), () => row.GetString(3)),
        ImageHash = row.GetString(4),
        ImageDirectory = row.GetString(5),
        CodeHash = row.GetString(6),
        Source = row.GetString(7),
        File = row.GetString(8),
        CreatedAt = row.Time(9),
    };

    public static StoredDag Dag(DbDataReader row, ModelCache models) => new()
    {
        Version = Version(row, models),
        Id = row.GetString(10),
        File = row.GetString(11),
        IsActive = row.GetBoolean(12),
        IsPaused = row.GetBoolean(13),
        ActiveSince = row.Time(14),
        PauseReason = row.IsDBNull(15) ? null : row.GetString(15),
        FailuresSince = row.TimeOrNull(16),
    };
}
