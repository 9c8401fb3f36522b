using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Csv.Fields;

namespace Wizart.Flow.Providers.Csv.Records;

/// <summary>The columns that a record or class has: its public properties, in the order they are declared.</summary>
internal sealed class RecordShape
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, RecordShape> Known = new();

    private RecordShape(Type type)
    {
        Type = type;
        if (FieldText.Write(Sample(type)) is not null && !type.IsClass || typeof(IEnumerable).IsAssignableFrom(type) || type.IsPrimitive || type == typeof(string))
            throw new ArgumentException($"Rows of {TypeModel.Of(type).Name} have no columns. Use a record with a property for each column.");
        Members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !IsIgnored(p))
            .OrderBy(p => Depth(p.DeclaringType!))];
        if (Members.Count == 0) throw new ArgumentException($"{TypeModel.Of(type).Name} has no public properties, so a row of it has no columns.");
        var twice = Members.GroupBy(ColumnName.Of).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new ArgumentException($"{TypeModel.Of(type).Name} has two columns '{twice.Key}'. Rename one with [JsonPropertyName].");
    }

    public Type Type { get; }

    public IReadOnlyList<PropertyInfo> Members { get; }

    public static RecordShape Of(Type type) => Known.GetOrAdd(type, t => new RecordShape(t));

    private static bool IsIgnored(PropertyInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    // Inherited columns come first.
    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    // Structs with a text of their own (numbers, dates) are fields, not rows.
    private static object? Sample(Type type) =>
        type.IsEnum || FieldText.IsNumber(type) || type.Namespace == "System" && type.IsValueType && !type.IsGenericType ? Activator.CreateInstance(type) : null;
}
