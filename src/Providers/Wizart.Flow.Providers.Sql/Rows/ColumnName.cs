using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;
using System.Text.Json;

namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>How names of columns and of C# members meet: <c>country_code</c>, <c>CountryCode</c> and <c>countrycode</c> are one.</summary>
internal static class ColumnName
{
    /// <summary>The name of a new column for a property: that of its <c>[Column]</c>, or its own in snake_case.</summary>
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<ColumnAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>Equal for names that mean the same column.</summary>
    public static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
