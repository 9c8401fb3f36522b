using System.Data.Common;
using System.Reflection;

namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>Which columns of a result go to which members of a record or class.</summary>
internal sealed class MemberColumns
{
    private readonly DbDataReader _reader;
    private readonly Type _type;
    private readonly ILookup<string, int> _byKey;
    private readonly NullabilityInfoContext _nullability = new();

    public MemberColumns(DbDataReader reader, Type type)
    {
        (_reader, _type) = (reader, type);
        _byKey = Enumerable.Range(0, reader.FieldCount).ToLookup(i => ColumnName.Key(reader.GetName(i)));
    }

    public string Columns => string.Join(", ", Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName));

    /// <summary>The longest constructor for which there are columns; null for a struct without one.</summary>
    public ConstructorInfo? ChooseConstructor()
    {
        var constructors = _type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).ToArray();
        if (constructors.FirstOrDefault(c => c.GetParameters().All(p => p.HasDefaultValue || Has(p))) is { } fitting) return fitting;
        if (_type.IsValueType && constructors.Length == 0) return null;
        if (constructors.Length == 0) throw new RowException($"{TypeName} has no public constructor. Use a record.");

        var missing = constructors[0].GetParameters().Where(p => !p.HasDefaultValue && !Has(p)).Select(p => $"'{p.Name}'");
        throw new RowException($"No column for {string.Join(", ", missing)} of {TypeName}. The columns are {Columns}; rename one with 'as'.");
    }

    public IReadOnlyList<Func<int, object?>> ArgumentsOf(ConstructorInfo constructor) =>
        [.. constructor.GetParameters().Select(ArgumentOf)];

    /// <summary>Settable properties with a column, which the constructor does not set already.</summary>
    public IReadOnlyList<(PropertyInfo Property, ColumnReader Column)> PropertiesBeside(ConstructorInfo? constructor)
    {
        var taken = (constructor?.GetParameters() ?? []).Select(p => ColumnName.Key(p.Name!)).ToHashSet();
        return
        [
            .. _type.GetProperties()
                .Where(p => p.SetMethod is { IsPublic: true, IsStatic: false } && p.GetIndexParameters().Length == 0
                    && !taken.Contains(ColumnName.Key(p.Name)) && KeyOf(p) is not null)
                .Select(p => (p, ReaderOf(KeyOf(p)!, p.PropertyType, _nullability.Create(p), p.Name))),
        ];
    }

    private Func<int, object?> ArgumentOf(ParameterInfo parameter)
    {
        if (!Has(parameter)) return _ => parameter.DefaultValue is DBNull ? null : Default(parameter);
        return ReaderOf(KeyOf(parameter)!, parameter.ParameterType, _nullability.Create(parameter), parameter.Name!).Read;
    }

    // Optional parameters of enum and value types hold their default as a plain number or null.
    private static object? Default(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue switch
        {
            null => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
            var value when type.IsEnum => Enum.ToObject(type, value),
            var value => value,
        };
    }

    private ColumnReader ReaderOf(string key, Type type, NullabilityInfo nullability, string member)
    {
        var columns = _byKey[key].ToArray();
        if (columns.Length > 1)
        {
            var names = string.Join(", ", columns.Select(_reader.GetName));
            throw new RowException($"Two columns could be {TypeName}.{member}: {names}. Rename one with 'as'.");
        }

        var mayBeNull = type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : nullability.WriteState != NullabilityState.NotNull;
        return new ColumnReader(_reader, columns[0], type, mayBeNull, $"{TypeName}.{member}");
    }

    private bool Has(ParameterInfo parameter) => KeyOf(parameter) is not null;

    /// <summary>A positional record's parameter has the <c>[Column]</c> name of its property.</summary>
    private string? KeyOf(ParameterInfo parameter)
    {
        var property = _type.GetProperties().FirstOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        return (property is null ? null : KeyOf(property)) ?? Existing(parameter.Name!);
    }

    private string? KeyOf(PropertyInfo property) => Existing(ColumnName.Of(property)) ?? Existing(property.Name);

    private string? Existing(string name) => _byKey.Contains(ColumnName.Key(name)) ? ColumnName.Key(name) : null;

    private string TypeName => Model.TypeModel.Of(_type).Name;
}
