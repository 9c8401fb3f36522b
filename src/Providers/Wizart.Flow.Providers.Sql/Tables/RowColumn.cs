using System.Collections;
using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;
using Wizart.Flow.Providers.Sql.Rows;

namespace Wizart.Flow.Providers.Sql.Tables;

/// <summary>A property of the rows to be written, and its column.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">The column's name, if the table were new.</param>
/// <param name="Required">Whether the type says that there is always a value.</param>
internal sealed record RowColumn(PropertyInfo Property, string Name, bool Required)
{
    public object? ValueOf(object row) => Property.GetValue(row);

    /// <summary>The columns of a row type: its public properties but those marked <c>[NotMapped]</c>.</summary>
    /// <exception cref="ArgumentException">The type is no row.</exception>
    public static IReadOnlyList<RowColumn> Of(Type type)
    {
        var name = Model.TypeModel.Of(type).Name;
        if (PlainTypes.Contains(type) || type.IsAssignableTo(typeof(IEnumerable)) || type == typeof(object))
            throw new ArgumentException($"Rows of {name} have no columns. Use records.");

        var nullability = new NullabilityInfoContext();
        var columns = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotMappedAttribute)))
            .Select(p => new RowColumn(p, ColumnName.Of(p), IsRequired(p, nullability)))
            .ToArray();
        if (columns.Length == 0) throw new ArgumentException($"Rows of {name} have no columns: it has no public properties. Use records.");
        if (columns.GroupBy(c => ColumnName.Key(c.Name)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{name}: the properties {string.Join(", ", twice.Select(c => c.Property.Name))} would be one column.");
        return columns;
    }

    private static bool IsRequired(PropertyInfo property, NullabilityInfoContext nullability) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is null
            : nullability.Create(property).ReadState == NullabilityState.NotNull;
}
