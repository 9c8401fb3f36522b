using System.Globalization;
using Wizart.Flow.Execution;
using Wizart.Flow.Metrics;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>The earlier values of a metric, as an input.</summary>
public sealed class TrendInput : IInput<Trend>
{
    /// <summary>The most points that a task takes.</summary>
    public const int MostPoints = 10_000;

    private readonly TrendModel _model;
    private readonly (string Key, string Value)[] _tags;

    internal TrendInput(string name, int last, (string Key, string Value)[] tags, string? dagId = null)
    {
        _tags = tags ?? [];
        _model = new TrendModel
        {
            Name = name ?? "",
            Last = last,
            DagId = dagId,
            Tags = _tags.Where(t => t.Key is not null).DistinctBy(t => t.Key).OrderBy(t => t.Key, StringComparer.Ordinal)
                .ToDictionary(t => t.Key, t => t.Value ?? ""),
        };
    }

    /// <summary>That of another DAG; by default it is the metric of the DAG whose task takes it.</summary>
    /// <param name="dagId">The DAG's id.</param>
    public TrendInput Of(string dagId) => new(_model.Name, _model.Last, _tags, dagId ?? "");

    /// <inheritdoc cref="Of(string)"/>
    public TrendInput Of(Dag dag) => Of((dag ?? throw new ArgumentNullException(nameof(dag))).Id);

    /// <summary>Why it can't be taken; null when it can.</summary>
    internal string? WhyNot() => MetricRules.WhyNotName(_model.Name)
        ?? MetricRules.WhyNotTags(_tags)
        ?? (_model.Last is >= 1 and <= MostPoints
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The last {_model.Last} values can't be taken: from 1 to {MostPoints}."))
        ?? (_model.DagId is "" ? "The DAG whose metric it is has an empty id." : null);

    InputModel IInput<Trend>.Describe() => new(InputKind.Trend, _model.Name, TypeModel.Of(typeof(Trend))) { Trend = _model };

    Trend IInput<Trend>.Read(IInputReader reader) => reader.Trend(_model);
}
