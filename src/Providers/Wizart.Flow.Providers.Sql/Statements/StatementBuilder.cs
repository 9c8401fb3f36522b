using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wizart.Flow.Providers.Sql.Dialects;
using Wizart.Flow.Providers.Sql.Rows;

namespace Wizart.Flow.Providers.Sql.Statements;

/// <summary>
/// Makes parameters of the values of an interpolated string. A list becomes as many parameters as it has elements, a
/// <see cref="SqlName"/> a quoted name, and another interpolated SQL text a part of this one.
/// </summary>
internal sealed class StatementBuilder(Dialect dialect)
{
    private readonly StringBuilder _sql = new();
    private readonly List<object?> _values = [];
    private readonly QuoteScanner _quotes = new();

    public static Statement Build(FormattableString sql, Dialect dialect)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var builder = new StatementBuilder(dialect);
        builder.Append(sql);
        return new Statement(builder._sql.ToString(), builder._values);
    }

    private void Append(FormattableString sql)
    {
        var text = sql.Format;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c) i++;
            else if (c == '{')
            {
                var end = text.IndexOf('}', i);
                AppendHole(text[(i + 1)..end], sql);
                i = end;
                continue;
            }

            _quotes.See(c);
            _sql.Append(c);
        }
    }

    /// <summary>A hole reads <c>index[,alignment][:format]</c>; alignment means nothing to a parameter.</summary>
    private void AppendHole(string hole, FormattableString sql)
    {
        var colon = hole.IndexOf(':', StringComparison.Ordinal);
        var format = colon < 0 ? null : hole[(colon + 1)..];
        var index = (colon < 0 ? hole : hole[..colon]).Split(',')[0];
        var value = sql.GetArgument(int.Parse(index, CultureInfo.InvariantCulture));

        if (_quotes.Inside is { } place)
            throw new ArgumentException($"A value stands inside {place}: …{Tail()}{{…}}. Values are parameters: write it without the quotes.");
        if (format is not null && value is IFormattable formattable) value = formattable.ToString(format, CultureInfo.InvariantCulture);
        AppendValue(value);
    }

    private void AppendValue(object? value)
    {
        switch (value)
        {
            case FormattableString part:
                Append(part);
                break;
            case SqlName name:
                _sql.Append(name);
                break;
            case IEnumerable list when value is not (string or byte[] or JsonNode or IDictionary):
                AppendList(list);
                break;
            case null or JsonElement or JsonNode:
                AppendParameter(value);
                break;
            default:
                var type = value.GetType();
                if (!PlainTypes.Contains(type))
                    throw new ArgumentException($"{Model.TypeModel.Of(type).Name} can't be a parameter: …{Tail()}{{…}}. Give its parts.");
                AppendParameter(value);
                break;
        }
    }

    private void AppendList(IEnumerable list)
    {
        var before = _sql.ToString().TrimEnd();
        if (before.EndsWith("any(", StringComparison.OrdinalIgnoreCase) || before.EndsWith("all(", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"A list becomes one parameter for each element: write 'in ({{…}})' instead of …{Tail()}{{…}}.");

        var first = true;
        foreach (var item in list)
        {
            if (!first) _sql.Append(", ");
            first = false;
            AppendValue(item);
        }

        if (first) _sql.Append(dialect.EmptyList(ElementOf(list)));
    }

    private void AppendParameter(object? value)
    {
        _values.Add(dialect.ToStored(value));
        _sql.Append(CultureInfo.InvariantCulture, $"@{_values.Count}");
    }

    private string Tail()
    {
        var text = _sql.ToString();
        return text.Length > 30 ? text[^30..] : text;
    }

    private static Type ElementOf(IEnumerable list) =>
        list.GetType().GetInterfaces()
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
        ?? typeof(string);
}
