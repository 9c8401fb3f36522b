using System.Data.Common;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Rows of the audit log.</summary>
internal static class AuditRecords
{
    public static Task<List<AuditEntry>> ListAsync(DbConnection connection, AuditFilter filter, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Count, 1000);
        var command = connection.Command("", ("count", filter.Count));
        var conditions = new List<string>();
        When(filter.BeforeId, "id < @before", "before");
        When(filter.Actor, "actor = @actor", "actor");
        When(filter.Action, "action = @action", "action");
        When(filter.Target, "(target = @target or substr(target, 1, length(@target) + 1) = @target || '/')", "target");
        When(filter.From, "at >= @from", "from");
        When(filter.To, "at < @to", "to");
        var where = conditions.Count > 0 ? "where " + string.Join(" and ", conditions) : "";
#pragma warning disable CA2100 // made of constants of this class; values go as parameters
        command.CommandText = $"select id, at, actor, address, action, target, detail from audit_log {where} order by id desc limit @count";
#pragma warning restore CA2100
        return command.ListAsync(
            row => new AuditEntry(row.Time(1), row.GetString(2), row.GetString(4), row.GetString(5), row.TextOrNull(6))
            {
                Id = row.GetInt64(0),
                Address = row.TextOrNull(3),
            },
            cancellation);

        void When(object? value, string condition, string parameter)
        {
            if (value is null) return;
            conditions.Add(condition);
            command.Add(parameter, value);
        }
    }
}
