using System.Collections;
using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;

namespace Wizart.Flow.Providers.Sheets.Rows;

/// <summary>A column to be written.</summary>
/// <param name="Name">Its name, if it were new.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="ValueOf">A row's value.</param>
internal sealed record RowColumn(string Name, Type Type, Func<object, object?> ValueOf)
{
    public string Key => ColumnName.Key(Name);

    /// <summary>The columns of a row type: its public properties but those marked <c>[NotMapped]</c>.</summary>
    /// <exception cref="ArgumentException">The type is no row.</exception>
    public static IReadOnlyList<RowColumn> Of(Type type)
    {
        var name = Model.TypeModel.Of(type).Name;
        if (type.IsPrimitive || type.IsEnum || type == typeof(object) || type.Namespace == "System" && !type.IsGenericType
            || type.IsAssignableTo(typeof(IEnumerable)))
            throw new ArgumentException($"Rows of {name} have no columns. Use records.");

        var columns = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotMappedAttribute)))
            .Select(p => new RowColumn(ColumnName.Of(p), p.PropertyType, p.GetValue))
            .ToArray();
        if (columns.Length == 0) throw new ArgumentException($"Rows of {name} have no columns: it has no public properties. Use records.");
        CheckDistinct(columns, name);
        return columns;
    }

    /// <exception cref="ArgumentException">Two would be one.</exception>
    public static void CheckDistinct(IEnumerable<RowColumn> columns, string rows)
    {
        if (columns.GroupBy(c => c.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{rows}: {string.Join(" and ", twice.Select(c => c.Name))} would be one column. Rename one.");
    }
}
