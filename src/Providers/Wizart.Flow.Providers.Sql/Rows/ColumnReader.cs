using System.Data.Common;
using System.Text.Json;

namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>Reads one column as one type.</summary>
internal sealed class ColumnReader(DbDataReader reader, int column, Type type, bool mayBeNull, string member)
{
    private readonly Type _type = Nullable.GetUnderlyingType(type) ?? type;

    /// <param name="row">The row's number, from one, for errors.</param>
    public object? Read(int row)
    {
        if (reader.IsDBNull(column))
        {
            return mayBeNull
                ? null
                : throw new RowException(
                    $"{Place(row)} is null, and {member} can't be: make it {Model.TypeModel.Of(_type).Name}?, or leave such rows out.");
        }

        try
        {
            return ValueReader.Read(reader.GetValue(column), _type);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException or ArgumentException or JsonException)
        {
            // Npgsql knows the types that there were when the process first connected.
            var made = reader.GetDataTypeName(column);
            throw new RowException(
                made == "-.-"
                    ? $"{Place(row)} is of a type that was made after this process connected. Select it as {reader.GetName(column)}::text."
                    : $"{Place(row)}, {made}, can't be read as {Model.TypeModel.Of(_type).Name}, the type of {member}.",
                error);
        }
    }

    private string Place(int row) => $"Column '{reader.GetName(column)}' of row {row}";
}
