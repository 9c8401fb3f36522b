using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Wizart.Flow.Providers.Http;

/// <summary>
/// A path with a query string, relative to a connection's base URL. A plain string stays as it is; in an interpolated string
/// every value is escaped for URLs: <c>$"/orders?from={day.Start:O}&amp;tag={tag}"</c>. Values are written independent of
/// culture, dates as ISO 8601, lists with commas; <c>{value:raw}</c> is not escaped.
/// </summary>
[InterpolatedStringHandler]
public readonly struct PathText
{
    private readonly StringBuilder _text;

    /// <summary>Called by the compiler for an interpolated string.</summary>
    public PathText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    private PathText(string text) => _text = new StringBuilder(text);

    /// <summary>A plain string is taken as it is.</summary>
    public static implicit operator PathText(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new PathText(path);
    }

    /// <summary>Called by the compiler for the text between values.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Called by the compiler for a value.</summary>
    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    /// <summary>Called by the compiler for a value with a format.</summary>
    /// <exception cref="ArgumentException">The value would make another path of this.</exception>
    public void AppendFormatted<T>(T value, string? format)
    {
        if (format == "raw")
        {
            _text.Append(Write(value, null));
            return;
        }

        if (value is IEnumerable list and not string)
            _text.AppendJoin(',', list.Cast<object?>().Select(item => Uri.EscapeDataString(Write(item, format))));
        else
            _text.Append(Escape(Write(value, format)));
    }

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? "";

    private string Escape(string value)
    {
        if (_text.Length == 0 && value.Contains("://", StringComparison.Ordinal))
            throw new ArgumentException("A path begins with a value that is a whole URL, which escaping would break. Write {value:raw}.");

        // Dots are not escapable: /users/{id} with the id '..' would ask for another resource.
        if (value is "." or ".." && !ToString().Contains('?', StringComparison.Ordinal))
            throw new ArgumentException($"The value '{value}' in the path '{this}…' would change the path. Check the value before it is used.");
        return Uri.EscapeDataString(value);
    }

    private static string Write(object? value, string? format) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime or DateTimeOffset or DateOnly or TimeOnly =>
            ((IFormattable)value).ToString(string.IsNullOrEmpty(format) ? "O" : format, CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
