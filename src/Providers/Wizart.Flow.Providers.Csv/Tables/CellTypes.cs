using Wizart.Flow.Providers.Csv.Fields;

namespace Wizart.Flow.Providers.Csv.Tables;

/// <summary>The few types that cells have, so that equal values are equal wherever they came from.</summary>
internal static class CellTypes
{
    /// <summary>By the name they have in JSON; in the order in which a text is tried.</summary>
    public static IReadOnlyList<(string Name, Type Type)> All { get; } =
    [
        ("whole", typeof(long)), ("decimal", typeof(decimal)), ("number", typeof(double)), ("truth", typeof(bool)),
        ("date", typeof(DateOnly)), ("time", typeof(DateTimeOffset)), ("local", typeof(DateTime)), ("clock", typeof(TimeOnly)),
        ("span", typeof(TimeSpan)), ("id", typeof(Guid)), ("text", typeof(string)),
    ];

    /// <summary>Any value as one of these types.</summary>
    public static object? Plain(object? value) => value switch
    {
        null or string or long or double or decimal or bool or DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan or Guid => value,
        byte or sbyte or short or ushort or int or uint => Convert.ToInt64(value, null),
        ulong large => large <= long.MaxValue ? (long)large : (decimal)large,
        float small => (double)small,
        _ => FieldText.Write(value),
    };

    /// <summary>One type for all cells of a column: numbers become the wider, anything else mixed becomes text.</summary>
    public static Type Unify(IReadOnlyList<object?[]> rows, int column)
    {
        var types = rows.Select(r => r[column]?.GetType()).OfType<Type>().Distinct().ToArray();
        if (types.Length == 0) return typeof(string);
        if (types.Length == 1) return types[0];
        var wider = types.All(IsNumber) ? types.Contains(typeof(double)) ? typeof(double) : typeof(decimal) : typeof(string);
        foreach (var row in rows)
        {
            if (row[column] is not { } value) continue;
            row[column] = wider == typeof(string) ? FieldText.Write(value) : Convert.ChangeType(value, wider, System.Globalization.CultureInfo.InvariantCulture);
        }

        return wider;
    }

    /// <summary>The narrowest type that all texts of a column are of; text when there is none.</summary>
    public static Type Of(IReadOnlyList<string?[]> rows, int column)
    {
        var texts = rows.Select(r => r[column]).Where(t => !string.IsNullOrEmpty(t)).ToArray();
        if (texts.Length == 0) return typeof(string);
        // A leading zero is part of a code, not of a number: 0049, 007.
        var isCode = texts.Any(t => t!.Length > 1 && t[0] == '0' && char.IsAsciiDigit(t[1]) && !t.Contains(':', StringComparison.Ordinal) && !t.Contains('-', StringComparison.Ordinal));
        return Guesses.FirstOrDefault(type => !(isCode && IsNumber(type)) && texts.All(t => FieldText.TryRead(t!, type, out _) is null)) ?? typeof(string);
    }

    /// <summary>Order of two cells of one column; nothing goes before everything.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string first, string second) => string.CompareOrdinal(first, second),
        _ => System.Collections.Comparer.DefaultInvariant.Compare(left, right),
    };

    public static bool IsNumber(Type type) => type == typeof(long) || type == typeof(double) || type == typeof(decimal);

    /// <summary>The value as a number; spans count in seconds.</summary>
    public static double? Number(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        decimal exact => (double)exact,
        TimeSpan span => span.TotalSeconds,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    // 1 and 0 are numbers before they are truths, and a local time is a point in time that lost its offset.
    private static readonly Type[] Guesses = [typeof(long), typeof(double), typeof(bool), typeof(DateOnly), typeof(TimeSpan), typeof(DateTimeOffset)];
}
