using System.Text.Json;

namespace Wizart.Flow.Model;

/// <summary>Where an input's value comes from.</summary>
public enum InputKind
{
    /// <summary>The output of an upstream task, named by <see cref="InputModel.Name"/>.</summary>
    Output,

    /// <summary>The outputs of all instances of a mapped upstream task, as a list.</summary>
    MappedOutput,

    /// <summary>The element that a mapped instance stands for.</summary>
    Element,

    /// <summary>A client built from a stored connection.</summary>
    Connection,

    /// <summary>A stored value, read when the attempt starts.</summary>
    Variable,

    /// <summary>A value of the run.</summary>
    Param,

    /// <summary>The run's data interval.</summary>
    Interval,

    /// <summary>The start of the run's data interval.</summary>
    LogicalDate,

    /// <summary>The attempt itself: ids, log, progress, cancellation.</summary>
    Context,

    /// <summary>An asset's latest value, or its latest update as a whole.</summary>
    Asset,

    /// <summary>The updates that started the run, of one asset or, with an empty name, of all.</summary>
    AssetEvents,

    /// <summary>The earlier values of a metric.</summary>
    Trend,
}

/// <summary>One thing that a body needs, as data.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Name">The task, connection, variable, param, asset or metric; empty for the run's own inputs.</param>
/// <param name="Type">The type the body receives.</param>
/// <param name="Default">The declared default of a variable or param; undefined for the other kinds.</param>
public sealed record InputModel(InputKind Kind, string Name, TypeModel Type, JsonElement? Default = null)
{
    /// <summary>Which values of the metric; null for the other kinds.</summary>
    public TrendModel? Trend { get; init; }
}
