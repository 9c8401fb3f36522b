using System.Linq.Expressions;
using System.Reflection;
using Wizart.Flow.Providers.Sql.Dialects;

namespace Wizart.Flow.Providers.Sql.Tables;

/// <summary>The columns that say which row is which.</summary>
internal sealed class RowKey(IReadOnlyList<RowColumn> columns)
{
    public IReadOnlyList<RowColumn> Columns => columns;

    /// <summary>Reads <c>t => t.Id</c> or <c>t => new { t.Day, t.Country }</c>.</summary>
    /// <exception cref="ArgumentException">It names something else than properties of the row.</exception>
    public static RowKey Of<T>(Expression<Func<T, object?>> key, IReadOnlyList<RowColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(key);
        var body = key.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : key.Body;
        var parts = body is NewExpression made ? made.Arguments : (IReadOnlyList<Expression>)[body];
        var named = parts.Select(part => ColumnOf(part, key, columns)).Distinct().ToArray();
        return named.Length > 0 ? new RowKey(named) : throw Wrong(key);
    }

    /// <summary>Finds what no table with this key could hold.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? FindConflict<T>(IReadOnlyCollection<T> rows, Dialect dialect)
        where T : notnull
    {
        var seen = new Dictionary<KeyValues, int>(rows.Count);
        var number = 0;
        foreach (var row in rows)
        {
            number++;
            var values = new object[columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (dialect.ToStored(columns[i].ValueOf(row)) is not { } value)
                    return $"Row {number} has no {columns[i].Property.Name}, which is part of the key. Leave such rows out, or give it a value.";
                values[i] = value is byte[] bytes ? Convert.ToHexString(bytes) : value;
            }

            var key = new KeyValues(values);
            if (!seen.TryAdd(key, number))
            {
                return $"Rows {seen[key]} and {number} have the same key ({Describe(values)}). "
                    + "Group or DistinctBy them first: which one counts is not for a table to guess.";
            }
        }

        return null;
    }

    private string Describe(object[] values) => string.Join(", ", columns.Zip(values, (c, v) => FormattableString.Invariant($"{c.Name} = {v}")));

    private static RowColumn ColumnOf(Expression part, LambdaExpression key, IReadOnlyList<RowColumn> columns)
    {
        if (part is UnaryExpression { NodeType: ExpressionType.Convert } boxed) part = boxed.Operand;
        return part is MemberExpression { Member: PropertyInfo property, Expression: ParameterExpression }
            ? columns.FirstOrDefault(c => c.Property.Name == property.Name) ?? throw Wrong(key)
            : throw Wrong(key);
    }

    private static ArgumentException Wrong(LambdaExpression key) =>
        new($"The key '{key}' must name properties of the row: 't => t.Id' or 't => new {{ t.Day, t.Country }}'.");

    private readonly record struct KeyValues(object[] Values)
    {
        public bool Equals(KeyValues other) => Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Values) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
