namespace Wizart.Flow.Providers.Sql.Tables;

/// <summary>Which column of the table takes which property of the rows.</summary>
internal sealed record ColumnBinding(RowColumn Row, TableColumn Column)
{
    public string QuotedName => SqlName.Quote(Column.Name);
}
