using System.Reflection;
using Wizart.Flow.Model;
using Wizart.Flow.Providers.Csv.Fields;

namespace Wizart.Flow.Providers.Csv.Records;

/// <summary>Makes records of the fields of rows, once the header says which column is where.</summary>
internal sealed class RecordMaker<T>
{
    private readonly ConstructorInfo? _constructor;
    private readonly Slot[] _arguments;
    private readonly (PropertyInfo Property, Slot Slot)[] _properties;
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>Finds the columns.</summary>
    /// <exception cref="HeaderException">One is missing or there twice.</exception>
    public RecordMaker(IReadOnlyList<string> header)
    {
        var shape = RecordShape.Of(typeof(T));
        var byKey = header.Select((name, index) => (Key: ColumnName.Key(name), Index: index)).ToLookup(h => h.Key, h => h.Index);
        _constructor = Constructor(typeof(T));
        var parameters = _constructor?.GetParameters() ?? [];
        var missing = new List<string>();
        _arguments = [.. parameters.Select(p => SlotOf(p, shape))];
        var taken = parameters.Select(p => p.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _properties =
        [
            .. shape.Members.Where(p => p.SetMethod is { IsPublic: true } && !taken.Contains(p.Name))
                .Select(p => (p, new Slot(Column(ColumnName.Of(p), p.Name), p.PropertyType, Nullable(p.PropertyType, _nullability.Create(p).WriteState), null)))
                .Where(p => p.Item2.Index >= 0),
        ];
        if (_arguments.Length == 0 && _properties.Length == 0 && missing.Count == 0)
            throw new HeaderException($"None of the columns {List(header)} is one of {TypeModel.Of(typeof(T)).Name}, which has {List(shape.Members.Select(ColumnName.Of))}.");
        if (missing.Count > 0)
            throw new HeaderException($"{(missing.Count == 1 ? "Column" : "Columns")} {List(missing)} of {TypeModel.Of(typeof(T)).Name} {(missing.Count == 1 ? "is" : "are")} missing. The file has {List(header)}.");

        Slot SlotOf(ParameterInfo parameter, RecordShape of)
        {
            var member = of.Members.FirstOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            var name = member is null ? parameter.Name! : ColumnName.Of(member);
            var index = Column(name, parameter.Name!);
            if (index < 0 && !parameter.HasDefaultValue) missing.Add(name);
            return new Slot(index, parameter.ParameterType, Nullable(parameter.ParameterType, _nullability.Create(parameter).WriteState), Default(parameter));
        }

        int Column(string name, string member)
        {
            var found = byKey[ColumnName.Key(name)].ToArray();
            if (found.Length == 0) found = [.. byKey[ColumnName.Key(member)]];
            if (found.Length > 1) throw new HeaderException($"Column '{header[found[0]]}' is there twice, as columns {found[0] + 1} and {found[1] + 1}.");
            return found.Length == 1 ? found[0] : -1;
        }
    }

    /// <summary>The record of one row, or the index of the field that can't be read and why.</summary>
    public (int Index, string Why)? TryMake(Func<int, string?> field, out T? record)
    {
        record = default;
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            if (_arguments[i].TryRead(field, out arguments[i]) is { } why) return (_arguments[i].Index, why);
        object made = _constructor is null ? Activator.CreateInstance<T>()! : Construct(arguments);
        foreach (var (property, slot) in _properties)
        {
            if (slot.TryRead(field, out var value) is { } why) return (slot.Index, why);
            property.SetValue(made, value);
        }

        record = (T)made;
        return null;
    }

    private object Construct(object?[] arguments) => _constructor!.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static ConstructorInfo? Constructor(Type type)
    {
        // A record's copy constructor is not public; one without parameters is wanted only where nothing else is.
        var constructors = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).ToArray();
        if (constructors.Length == 0 && !type.IsValueType)
            throw new ArgumentException($"{TypeModel.Of(type).Name} has no public constructor, so it can't be read from a file. Use a record.");
        return constructors.FirstOrDefault();
    }

    private static bool Nullable(Type type, NullabilityState state) =>
        type.IsValueType ? System.Nullable.GetUnderlyingType(type) is not null : state != NullabilityState.NotNull;

    // Optional parameters of enum and value types hold their default as a plain number or null.
    private static object? Default(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue) return null;
        var type = System.Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue switch
        {
            null => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
            var value when type.IsEnum => Enum.ToObject(type, value),
            var value => value,
        };
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    private sealed record Slot(int Index, Type Type, bool MayBeNull, object? Default)
    {
        public string? TryRead(Func<int, string?> field, out object? value)
        {
            value = Default;
            if (Index < 0) return null;
            var text = field(Index);
            if (text is null || (text.Length == 0 && Type != typeof(string)))
            {
                value = Type == typeof(string) && !MayBeNull ? "" : null;
                return value is not null || MayBeNull ? null : $"it is empty; a {FieldText.Name(Type)} is wanted.";
            }

            return FieldText.TryRead(text, Type, out value);
        }
    }
}

/// <summary>The header does not fit.</summary>
internal sealed class HeaderException(string message) : Exception(message);
