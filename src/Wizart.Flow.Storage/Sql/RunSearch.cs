using System.Data.Common;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Storage.Schema;

namespace Wizart.Flow.Storage.Sql;

/// <summary>Looks for runs by a filter.</summary>
internal static class RunSearch
{
    public static DbCommand Command(DbConnection connection, RunFilter filter)
    {
        var command = connection.Command("");
        var conditions = new List<string>();
        When(filter.DagId, "dag_id = @dag", "dag");
        OneOf(filter.DagIds, "dag_id", "dag_");
        When(filter.State is { } state ? Words.RunStates[state] : null, "state = @state", "state");
        OneOf(filter.States.Select(s => Words.RunStates[s]), "state", "state_");
        OneOf(filter.Kinds.Select(k => Words.RunKinds[k]), "kind", "kind_");
        When(filter.BeforeId, "id < @before", "before");
        When(filter.From, "logical_date >= @from", "from");
        When(filter.To, "logical_date < @to", "to");
        When(filter.StartedSince, "started_at >= @since", "since");
        When(filter.CreatedBy, "created_by = @by", "by");
        When(filter.After?.Id, AfterOf(filter.Order), "after");
        if (filter.After is { } place && filter.Order is RunOrder.LatestDate or RunOrder.EarliestDate) command.Add("after_date", place.LogicalDate);
        var where = conditions.Count > 0 ? "where " + string.Join(" and ", conditions) : "";
#pragma warning disable CA2100 // the conditions are constants; values go as parameters
        command.CommandText = $"select {RunRecords.Columns} from dag_runs {where} order by {OrderOf(filter.Order)} limit @count";
#pragma warning restore CA2100
        command.Add("count", filter.Count);
        return command;

        void When(object? value, string condition, string parameter)
        {
            if (value is null) return;
            conditions.Add(condition);
            command.Add(parameter, value);
        }

        void OneOf(IEnumerable<string> values, string column, string prefix)
        {
            var names = new List<string>();
            foreach (var value in values)
            {
                names.Add($"@{prefix}{names.Count}");
                command.Add($"{prefix}{names.Count - 1}", value);
            }

            if (names.Count > 0) conditions.Add($"{column} in ({string.Join(", ", names)})");
        }
    }

    private static string AfterOf(RunOrder order) => order switch
    {
        RunOrder.Oldest => "id > @after",
        RunOrder.LatestDate => "(logical_date, id) < (@after_date, @after)",
        RunOrder.EarliestDate => "(logical_date, id) > (@after_date, @after)",
        _ => "id < @after",
    };

    private static string OrderOf(RunOrder order) => order switch
    {
        RunOrder.Oldest => "id",
        RunOrder.LatestDate => "logical_date desc, id desc",
        RunOrder.EarliestDate => "logical_date, id",
        _ => "id desc",
    };
}
