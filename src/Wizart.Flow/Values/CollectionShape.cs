using System.Collections;

namespace Wizart.Flow.Values;

/// <summary>What a collection holds.</summary>
/// <param name="Element">The type of its elements, or of a dictionary's values.</param>
/// <param name="Key">The type of a dictionary's keys; null when it is none.</param>
internal sealed record CollectionShape(Type Element, Type? Key)
{
    /// <summary>The shape of a type as JSON sees it; null when it is no collection.</summary>
    public static CollectionShape? Of(Type type)
    {
        if (type.IsArray) return new CollectionShape(type.GetElementType()!, null);
        if (!typeof(IEnumerable).IsAssignableFrom(type)) return null;
        if (Implemented(type, typeof(IDictionary<,>)) is [var key, var value]) return new CollectionShape(value, key);
        if (Implemented(type, typeof(IReadOnlyDictionary<,>)) is [var readKey, var readValue]) return new CollectionShape(readValue, readKey);
        return new CollectionShape(Implemented(type, typeof(IEnumerable<>)) is [var element] ? element : typeof(object), null);
    }

    /// <summary>
    /// Whether System.Text.Json makes such a collection when it reads: one of the interfaces it knows, an immutable
    /// collection, or a class that can be created empty and filled.
    /// </summary>
    public static bool CanBeReadBack(Type type)
    {
        if (type.IsArray) return true;
        if (type.Namespace == "System.Collections.Immutable") return true;
        if (type.IsInterface) return Interfaces.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
        if (type.IsAbstract || type.IsValueType || type.GetConstructor(Type.EmptyTypes) is null) return false;
        return IsFilledByAdding.Any(i => i.IsGenericTypeDefinition ? Implemented(type, i) is not null : i.IsAssignableFrom(type))
            || Filled.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }

    private static Type[]? Implemented(Type type, Type definition)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == definition) return type.GetGenericArguments();
        foreach (var implemented in type.GetInterfaces())
            if (implemented.IsGenericType && implemented.GetGenericTypeDefinition() == definition) return implemented.GetGenericArguments();
        return null;
    }

    private static readonly HashSet<Type> Interfaces =
    [
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>),
        typeof(ISet<>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>),
        typeof(IEnumerable), typeof(ICollection), typeof(IList), typeof(IDictionary),
    ];

    private static readonly Type[] IsFilledByAdding = [typeof(ICollection<>), typeof(IList), typeof(IDictionary)];

    private static readonly HashSet<Type> Filled =
    [
        typeof(Queue<>), typeof(Stack<>), typeof(Queue), typeof(Stack),
        typeof(System.Collections.Concurrent.ConcurrentQueue<>), typeof(System.Collections.Concurrent.ConcurrentStack<>),
    ];
}
