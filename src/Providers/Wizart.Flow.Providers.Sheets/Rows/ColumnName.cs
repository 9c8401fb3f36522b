using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;

namespace Wizart.Flow.Providers.Sheets.Rows;

/// <summary>How names in a header and of C# members meet: <c>Error rate</c>, <c>error_rate</c> and <c>ErrorRate</c> are one.</summary>
internal static class ColumnName
{
    /// <summary>The name of a new column for a property: that of its <c>[Column]</c>, or its own.</summary>
    public static string Of(PropertyInfo property) => property.GetCustomAttribute<ColumnAttribute>()?.Name ?? property.Name;

    /// <summary>Equal for names that mean the same column.</summary>
    public static string Key(string name) =>
        string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-'))).ToUpperInvariant();
}
