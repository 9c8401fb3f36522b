using Wizart.Flow.Providers.Csv.Tables;

namespace Wizart.Flow.Providers.Csv;

/// <summary>What is made of the cells that a group has in one column. Empty cells do not count.</summary>
public sealed record Aggregate
{
    private Aggregate(string name, string? column, Func<IReadOnlyList<object>, int, object?> reduce) =>
        (Name, Column, Reduce) = (name, column, reduce);

    /// <summary>The column it gives: <c>sum_amount</c>, <c>count</c>… until <see cref="As"/> says otherwise.</summary>
    public string Name { get; init; }

    /// <summary>The column it looks at; null for the number of rows.</summary>
    public string? Column { get; }

    internal Func<IReadOnlyList<object>, int, object?> Reduce { get; }

    /// <summary>The same under another name.</summary>
    public Aggregate As(string name) => this with { Name = name };

    /// <summary>The number of rows.</summary>
    public static Aggregate Count() => new("count", null, (_, rows) => (long)rows);

    /// <summary>The number of different values.</summary>
    public static Aggregate CountDistinct(string column) => new($"distinct_{column}", column, (cells, _) => (long)cells.Distinct().Count());

    /// <summary>The sum; of whole numbers and decimals exact, of spans a span. Zero for none.</summary>
    public static Aggregate Sum(string column) => new($"sum_{column}", column, (cells, _) => Total(column, cells));

    /// <summary>The mean; of spans a span. Empty for none.</summary>
    public static Aggregate Mean(string column) => new($"mean_{column}", column, (cells, _) => cells.Count == 0 ? null : cells[0] switch
    {
        TimeSpan => TimeSpan.FromTicks((long)cells.Cast<TimeSpan>().Average(s => s.Ticks)),
        decimal => cells.Cast<decimal>().Average(),
        _ => Numbers(column, cells).Average(),
    });

    /// <summary>The smallest; of texts the first by alphabet. Empty for none.</summary>
    public static Aggregate Min(string column) => new($"min_{column}", column, (cells, _) => cells.Order(Comparer<object>.Create(CellTypes.Compare)).FirstOrDefault());

    /// <summary>The largest; of texts the last by alphabet. Empty for none.</summary>
    public static Aggregate Max(string column) => new($"max_{column}", column, (cells, _) => cells.OrderDescending(Comparer<object>.Create(CellTypes.Compare)).FirstOrDefault());

    /// <summary>The value that half of the others are below.</summary>
    public static Aggregate Median(string column) => Percentile(column, 50) with { Name = $"median_{column}" };

    /// <summary>The value that so many percent of the others are below, between two values by their distance. Empty for none.</summary>
    /// <param name="column">A column of numbers or spans.</param>
    /// <param name="percent">From 0 to 100.</param>
    public static Aggregate Percentile(string column, double percent)
    {
        if (percent is not (>= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile is from 0 to 100.");
        return new(FormattableString.Invariant($"p{percent}_{column}"), column, (cells, _) =>
        {
            if (cells.Count == 0) return null;
            var sorted = Numbers(column, cells).Order().ToArray();
            var place = (sorted.Length - 1) * percent / 100;
            var (low, high) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
            var value = low + ((high - low) * (place - Math.Floor(place)));
            return cells[0] is TimeSpan ? TimeSpan.FromSeconds(value) : value;
        });
    }

    /// <summary>The first in the table's order. Empty for none.</summary>
    public static Aggregate First(string column) => new($"first_{column}", column, (cells, _) => cells.Count == 0 ? null : cells[0]);

    /// <summary>The last in the table's order. Empty for none.</summary>
    public static Aggregate Last(string column) => new($"last_{column}", column, (cells, _) => cells.Count == 0 ? null : cells[^1]);

    private static object Total(string column, IReadOnlyList<object> cells) => (cells.Count == 0 ? null : cells[0]) switch
    {
        null => 0L,
        long => cells.Cast<long>().Aggregate(0L, (sum, next) => checked(sum + next)),
        decimal => cells.Cast<decimal>().Sum(),
        TimeSpan => TimeSpan.FromTicks(cells.Cast<TimeSpan>().Sum(s => s.Ticks)),
        _ => Numbers(column, cells).Sum(),
    };

    private static IEnumerable<double> Numbers(string column, IEnumerable<object> cells) => cells.Select(cell =>
        CellTypes.Number(cell) ?? throw new InvalidOperationException($"Column '{column}' has '{cell}', which is no number."));
}
