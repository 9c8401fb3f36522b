using System.Reflection;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Values;

/// <summary>Which types System.Text.Json can write and read back, told before the first run.</summary>
public static class StorableTypes
{
    /// <summary>Why values of the type can't be stored, with advice; null when they can.</summary>
    public static string? WhyNot(Type type) => WhyNot(type, []);

    private static string? WhyNot(Type type, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!seen.Add(type) || IsPlain(type)) return null;

        var name = Model.TypeModel.Of(type).Name;
        if (typeof(Task).IsAssignableFrom(type) || type.Name is "ValueTask" or "ValueTask`1")
            return $"{name} is work, not a value. Return Task or Task<T> from the body itself, or await it.";
        if (typeof(Delegate).IsAssignableFrom(type)) return $"{name} is code, not data.";
        if (typeof(Stream).IsAssignableFrom(type)) return $"{name} is a stream. Keep it as an artifact: dag.Context, then run.Artifact(…).";
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type == typeof(IntPtr) || type == typeof(UIntPtr))
            return $"{name} is a place in memory.";
        if (typeof(MemberInfo).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type)) return $"{name} describes code.";
        if (typeof(Exception).IsAssignableFrom(type)) return $"{name} is an exception. Throw it, or return its message.";
        if (type == typeof(CancellationToken)) return $"{name} can't leave its process.";
        if (type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true) return null;
        if (type == typeof(DBNull) || type.FullName == "System.Data.DataTable") return $"{name} has no JSON form. Return records instead.";
        if (type.IsArray && type.GetArrayRank() > 1) return $"{name} has no JSON form. Return an array of arrays.";
        if (CollectionShape.Of(type) is { } collection) return WhyNotCollection(type, collection, name, seen);
        if (type.IsInterface || type.IsAbstract)
        {
            return Declares<JsonPolymorphicAttribute>(type) || Declares<JsonDerivedTypeAttribute>(type)
                ? null
                : $"{name} is abstract, so it can't be read back. Return a record.";
        }

        return WhyNotMembers(type, name, seen);
    }

    private static string? WhyNotCollection(Type type, CollectionShape collection, string name, HashSet<Type> seen)
    {
        if (!CollectionShape.CanBeReadBack(type)) return $"{name} can't be read back. Add .ToArray() or .ToList(), or return a dictionary.";
        if (collection.Key is { } key && (!IsPlain(key) || key == typeof(byte[]) || key == typeof(object)))
            return $"{name} has keys that JSON can't name. Return a list of records.";
        return WhyNot(collection.Element, seen);
    }

    private static string? WhyNotMembers(Type type, string name, HashSet<Type> seen)
    {
        if (Declares<JsonConverterAttribute>(type)) return null;
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod is { IsPublic: true } && !IsIgnored(p))
            .Select(p => (p.Name, Type: p.PropertyType))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !IsIgnored(f)).Select(f => (f.Name, Type: f.FieldType)))
            .ToArray();
        foreach (var member in members)
            if (WhyNot(member.Type, seen) is { } why) return $"{name}.{member.Name}: {why}";

        var constructors = type.GetConstructors();
        if (type.IsValueType || constructors.Length == 1 || constructors.Any(c => c.GetParameters().Length == 0)
            || constructors.Any(Declares<JsonConstructorAttribute>)) return null;
        return $"{name} has no public constructor that JSON could use. Return a record.";
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive && type != typeof(IntPtr) && type != typeof(UIntPtr) || type.IsEnum || Plain.Contains(type);

    private static bool IsIgnored(MemberInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>(inherit: true) is { Condition: JsonIgnoreCondition.Always };

    private static bool Declares<TAttribute>(MemberInfo member)
        where TAttribute : Attribute => member.IsDefined(typeof(TAttribute), inherit: true);

    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(decimal), typeof(object), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(byte[]),
        typeof(Memory<byte>), typeof(ReadOnlyMemory<byte>), typeof(Half), typeof(Int128), typeof(UInt128),
    ];
}
