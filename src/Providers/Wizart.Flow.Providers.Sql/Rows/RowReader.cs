using System.Collections;
using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>
/// Makes rows into <typeparamref name="T"/>: a plain value from the one column, a tuple by position, a
/// <c>Dictionary&lt;string, object?&gt;</c> with everything, and records and classes by the names of constructor parameters
/// and settable properties. Columns that nothing asks for are left alone; what a type needs and no column gives is an error.
/// </summary>
internal sealed class RowReader<T>
{
    private readonly DbDataReader _reader;
    private readonly Func<object?> _read;
    private int _row;

    /// <exception cref="RowException">The columns don't fit the type.</exception>
    public RowReader(DbDataReader reader)
    {
        _reader = reader;
        _read = Plan(typeof(T));
    }

    public T Read()
    {
        _row++;
        return (T)_read()!;
    }

    private Func<object?> Plan(Type type)
    {
        if (type == typeof(Dictionary<string, object?>)) return ReadAll;
        if (IsTuple(type)) return PlanTuple(type);
        if (IsOneValue(type)) return PlanValue(type);
        return PlanObject(type);
    }

    private Func<object?> PlanValue(Type type)
    {
        if (_reader.FieldCount != 1) throw new RowException($"{Name(type)} takes one column, and the query gives {_reader.FieldCount}.");
        var column = new ColumnReader(_reader, 0, type, MayBeNull(type), Name(type));
        return () => column.Read(_row);
    }

    private Func<object?> PlanTuple(Type type)
    {
        var parts = type.GetGenericArguments();
        if (parts.Length == 8) throw new RowException("Tuples of more than seven are not read. Use a record.");
        if (_reader.FieldCount != parts.Length)
            throw new RowException($"The tuple takes {parts.Length} columns, and the query gives {_reader.FieldCount}.");
        var columns = parts
            .Select((part, i) => new ColumnReader(_reader, i, part, MayBeNull(part), $"item {i + 1}"))
            .ToArray();
        return () => Activator.CreateInstance(type, columns.Select(column => column.Read(_row)).ToArray());
    }

    private Func<object?> PlanObject(Type type)
    {
        if (type.IsAbstract) throw new RowException($"{Name(type)} is abstract. Use a record.");
        var members = new MemberColumns(_reader, type);
        var constructor = members.ChooseConstructor();
        var invoke = constructor is null ? null : ConstructorInvoker.Create(constructor);
        var arguments = constructor is null ? [] : members.ArgumentsOf(constructor);
        var properties = members.PropertiesBeside(constructor);
        if (arguments.Count + properties.Count == 0)
            throw new RowException($"No column fits a member of {Name(type)}. The columns are {members.Columns}.");
        return () =>
        {
            var values = new object?[arguments.Count];
            for (var i = 0; i < values.Length; i++) values[i] = arguments[i](_row);
            var row = invoke is null ? RuntimeHelpers.GetUninitializedObject(type) : invoke.Invoke(values.AsSpan());
            foreach (var (property, column) in properties) property.SetValue(row, column.Read(_row));
            return row;
        };
    }

    private Dictionary<string, object?> ReadAll()
    {
        var row = new Dictionary<string, object?>();
        for (var i = 0; i < _reader.FieldCount; i++) row[_reader.GetName(i)] = _reader.IsDBNull(i) ? null : _reader.GetValue(i);
        return row;
    }

    private static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static bool IsTuple(Type type) => type is { IsValueType: true, IsGenericType: true } && type.IsAssignableTo(typeof(ITuple));

    private static bool IsOneValue(Type type) =>
        PlainTypes.Contains(type) || type == typeof(object) || type.IsAssignableTo(typeof(IEnumerable))
        || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    private static string Name(Type type) => Model.TypeModel.Of(type).Name;
}

/// <summary>Rows that don't fit the type they are read as.</summary>
internal sealed class RowException(string message, Exception? inner = null) : Exception(message, inner);
