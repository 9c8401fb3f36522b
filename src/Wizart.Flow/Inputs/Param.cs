using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>A typed value that a person or an API call may set per run. Belongs to every DAG that takes it as an input.</summary>
public sealed class Param<T> : IInput<T>, IParam
{
    private readonly T? _default;
    private ParamModel _model;

    internal Param(string name, T? @default, bool hasDefault, SourceLocation location)
    {
        _default = @default;
        _model = new ParamModel
        {
            Name = name,
            Type = TypeModel.Of(typeof(T)),
            ValueKind = ParamKinds.Of(typeof(T)),
            Default = hasDefault ? Json(@default) : null,
            Required = !hasDefault,
            Choices = ParamKinds.EnumChoices(typeof(T)),
            Location = location,
        };
    }

    ParamModel IParam.Model => _model;

    /// <summary>Words for the form.</summary>
    public Param<T> Describe(string text) => With(_model with { Description = text });

    /// <summary>The value must be at least <paramref name="minimum"/> and at most <paramref name="maximum"/>.</summary>
    public Param<T> Between(T minimum, T maximum) => With(_model with { Minimum = Json(minimum), Maximum = Json(maximum) });

    /// <summary>The value must be one of these.</summary>
    public Param<T> OneOf(params T[] choices) => With(_model with { Choices = [.. choices.Select(c => Json(c)).OfType<JsonElement>()] });

    /// <summary>The text must match the regular expression as a whole.</summary>
    public Param<T> Matching(string regex) => With(_model with { Pattern = regex });

    /// <summary>The heading it stands under in the form.</summary>
    public Param<T> Section(string heading) => With(_model with { Section = heading });

    /// <summary>A run must set it, whatever its default.</summary>
    public Param<T> Required() => With(_model with { Required = true });

    InputModel IInput<T>.Describe() => new(InputKind.Param, _model.Name, _model.Type, _model.Default);

    T IInput<T>.Read(IInputReader reader) => reader.Param(_model.Name, _default!);

    private Param<T> With(ParamModel model)
    {
        _model = model;
        return this;
    }

    private static JsonElement? Json(T? value) => StoredDefault.Of(value);
}

/// <summary>A param without its type.</summary>
internal interface IParam
{
    /// <summary>The param as data.</summary>
    ParamModel Model { get; }
}
