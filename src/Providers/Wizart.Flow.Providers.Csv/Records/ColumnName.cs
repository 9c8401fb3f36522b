using System.Reflection;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Providers.Csv.Records;

/// <summary>What a member's column is called, and when two names are the same.</summary>
internal static class ColumnName
{
    /// <summary>The member's name, or that of its <see cref="JsonPropertyNameAttribute"/>.</summary>
    public static string Of(PropertyInfo member) => member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? member.Name;

    /// <summary>Equal for names that differ only in case, spaces, dots, <c>_</c> and <c>-</c>: <c>max_rps</c> and <c>MaxRps</c>.</summary>
    public static string Key(string name) => string.Concat(name.Where(c => c is not (' ' or '_' or '-' or '.'))).ToUpperInvariant();
}
