namespace Wizart.Flow.Model;

/// <summary>A .NET type as a person reads it.</summary>
/// <param name="Name">C# spelling without namespaces: <c>Order[]</c>, <c>Dictionary&lt;string, int&gt;</c>.</param>
public sealed record TypeModel(string Name)
{
    /// <summary>The C# spelling of <paramref name="type"/>.</summary>
    public static TypeModel Of(Type type) => new(Spell(type));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Spell(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Spell(value) + "?";
        if (type.IsArray) return $"{Spell(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.Name.StartsWith("<>", StringComparison.Ordinal)) // anonymous: its members are all the name it has
            return $"{{ {string.Join(", ", type.GetProperties().Select(p => $"{Spell(p.PropertyType)} {p.Name}"))} }}";
        if (!type.IsGenericType) return type.Name;

        var arguments = string.Join(", ", type.GetGenericArguments().Select(Spell));
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true) return $"({arguments})";
        var name = type.Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{arguments}>";
    }

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };
}
