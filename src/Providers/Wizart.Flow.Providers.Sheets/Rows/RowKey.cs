using System.Linq.Expressions;
using System.Reflection;

namespace Wizart.Flow.Providers.Sheets.Rows;

/// <summary>
/// The columns that say which row is which. A part that is a property of the row is that column; any other part (a date from
/// outside, something computed) is a column of its own, in front of the row's.
/// </summary>
internal sealed record RowKey(IReadOnlyList<RowColumn> KeyColumns, IReadOnlyList<RowColumn> Columns)
{
    /// <summary>Reads <c>s => s.Id</c> or <c>s => new { date, s.Rps }</c>.</summary>
    /// <exception cref="ArgumentException">A part has no name, or the name is taken.</exception>
    public static RowKey Of<T>(Expression<Func<T, object?>> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var columns = RowColumn.Of(typeof(T));
        var body = Unboxed(key.Body);
        var parts = body is NewExpression { Members: { } members } made
            ? made.Arguments.Zip(members, (part, member) => (Part: part, member.Name))
            : [(body, (body as MemberExpression)?.Member.Name ?? throw Wrong(key))];
        var keys = parts.Select(part => OwnColumn<T>(part.Part, columns) ?? MadeColumn(key, part.Part, part.Name)).DistinctBy(c => c.Key).ToArray();
        if (keys.Length == 0) throw Wrong(key);

        IReadOnlyList<RowColumn> all = [.. keys.Except(columns), .. columns];
        RowColumn.CheckDistinct(all, $"The key '{key}' of {Model.TypeModel.Of(typeof(T)).Name}");
        return new RowKey(keys, all);
    }

    private static RowColumn? OwnColumn<T>(Expression part, IReadOnlyList<RowColumn> columns) =>
        Unboxed(part) is MemberExpression { Member: PropertyInfo property, Expression: ParameterExpression }
            ? columns.FirstOrDefault(c => c.Key == ColumnName.Key(ColumnName.Of(property)))
            : null;

    private static RowColumn MadeColumn<T>(Expression<Func<T, object?>> key, Expression part, string name)
    {
        var value = Expression.Lambda<Func<T, object?>>(Expression.Convert(part, typeof(object)), key.Parameters).Compile();
        return new RowColumn(name, part.Type, row => value((T)row));
    }

    private static Expression Unboxed(Expression part) => part is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : part;

    private static ArgumentException Wrong(LambdaExpression key) =>
        new($"The key '{key}' must name its columns: 's => s.Id' or 's => new {{ date, s.Rps }}'.");
}
