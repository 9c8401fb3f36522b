using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Wizart.Flow.Providers.Sheets.Cells;
using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.Tables;

namespace Wizart.Flow.Providers.Sheets.Rows;

/// <summary>
/// Makes rows into records and classes, by the names of constructor parameters and settable properties, or into
/// <c>Dictionary&lt;string, object?&gt;</c>. Columns that nothing asks for are left alone.
/// </summary>
internal sealed class RowReader<T>
{
    private readonly SheetHeader _header;
    private readonly Calls _calls;
    private readonly Func<IList<JsonElement>, int, object> _read;

    /// <exception cref="SheetsException">The header has not all that the type needs.</exception>
    public RowReader(SheetHeader header, Calls calls)
    {
        (_header, _calls) = (header, calls);
        _read = typeof(T) == typeof(Dictionary<string, object?>) ? ReadAll : PlanObject();
    }

    /// <param name="cells">The row's cells; those at its end may be missing.</param>
    /// <param name="row">Which row it is, as people count.</param>
    public T Read(IList<JsonElement> cells, int row) => (T)_read(cells, row);

    private Func<IList<JsonElement>, int, object> PlanObject()
    {
        var type = typeof(T);
        var constructor = ChooseConstructor(type);
        var parameters = constructor?.GetParameters() ?? [];
        var arguments = parameters.Select(p => (Parameter: p, Cell: ColumnOf(type, p) is { } column ? new Member(column, p) : null)).ToArray();
        var taken = parameters.Select(p => ColumnName.Key(p.Name!)).ToHashSet();
        var properties = type.GetProperties()
            .Where(p => p.SetMethod is { IsPublic: true, IsStatic: false } && p.GetIndexParameters().Length == 0 && !taken.Contains(ColumnName.Key(p.Name)))
            .Select(p => (Property: p, Column: Find(ColumnName.Of(p)) ?? Find(p.Name)))
            .Where(p => p.Column is not null)
            .Select(p => (p.Property, Cell: new Member(p.Column!.Value, p.Property)))
            .ToArray();
        if (arguments.All(a => a.Cell is null) && properties.Length == 0)
            throw _calls.Wrong($"'{_header.Sheet}': no column fits a member of {TypeName}. Its header is: {_header}.");

        return (cells, row) =>
        {
            var values = arguments.Select(a => a.Cell is null ? Default(a.Parameter) : Value(a.Cell, cells, row)).ToArray();
            var made = constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : constructor.Invoke(values);
            foreach (var (property, cell) in properties) property.SetValue(made, Value(cell, cells, row));
            return made;
        };
    }

    private ConstructorInfo? ChooseConstructor(Type type)
    {
        var constructors = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).ToArray();
        if (constructors.Length == 0 && type.IsValueType) return null;
        if (type.IsAbstract || constructors.Length == 0) throw new ArgumentException($"{TypeName} can't be made of a row. Use a record.");
        var fitting = constructors.FirstOrDefault(c => c.GetParameters().All(p => p.HasDefaultValue || ColumnOf(type, p) is not null));
        if (fitting is not null) return fitting;
        var missing = constructors[0].GetParameters().Where(p => !p.HasDefaultValue && ColumnOf(type, p) is null).Select(p => $"'{p.Name}'");
        throw _calls.Wrong($"'{_header.Sheet}' has no column for {string.Join(", ", missing)} of {TypeName}. Its header is: {_header}.");
    }

    /// <summary>A positional record's parameter has the <c>[Column]</c> name of its property.</summary>
    private int? ColumnOf(Type type, ParameterInfo parameter)
    {
        var property = type.GetProperties().FirstOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        return (property is null ? null : Find(ColumnName.Of(property))) ?? Find(parameter.Name!);
    }

    private int? Find(string name) => _header.Find(ColumnName.Key(name), _calls);

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

    private object? Value(Member member, IList<JsonElement> cells, int row)
    {
        var cell = member.Column < cells.Count ? CellReader.Plain(cells[member.Column]) : null;
        try
        {
            if (cell is not null) return CellReader.Read(cell, member.Type);
            if (member.MayBeNull) return null;
            if (member.Type == typeof(string)) return ""; // a sheet knows no difference
            throw new CellException($"it is empty, and {Model.TypeModel.Of(member.Type).Name} needs a value");
        }
        catch (CellException error)
        {
            throw _calls.Wrong($"{A1.Cell(_header.Sheet, row, member.Column)} ({TypeName}.{member.Name}): {error.Message}.");
        }
    }

    private object ReadAll(IList<JsonElement> cells, int row)
    {
        var all = new Dictionary<string, object?>();
        for (var i = 0; i < _header.Names.Count; i++)
            if (_header.Names[i].Length > 0) all[_header.Names[i]] = i < cells.Count ? CellReader.Plain(cells[i]) : null;
        return all;
    }

    private static string TypeName => Model.TypeModel.Of(typeof(T)).Name;

    private sealed record Member(int Column, string Name, Type Type, bool MayBeNull)
    {
        public Member(int column, ParameterInfo parameter)
            : this(column, parameter.Name!, parameter.ParameterType, new NullabilityInfoContext().Create(parameter))
        {
        }

        public Member(int column, PropertyInfo property)
            : this(column, property.Name, property.PropertyType, new NullabilityInfoContext().Create(property))
        {
        }

        private Member(int column, string name, Type type, NullabilityInfo nullability)
            : this(
                column,
                name,
                Nullable.GetUnderlyingType(type) ?? type,
                type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : nullability.WriteState != NullabilityState.NotNull)
        {
        }
    }
}
