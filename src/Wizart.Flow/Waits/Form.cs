using System.ComponentModel;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What a person is asked who approves: <c>new Form("Publish?").Text($"{count} products").Ask(discount)</c>.</summary>
/// <param name="title">The question.</param>
public sealed class Form(string title)
{
    private readonly List<IParam> _fields = [];
    private string? _text;

    /// <summary>Markdown below the question: all that is needed to decide.</summary>
    public Form Text(string markdown)
    {
        _text = markdown;
        return this;
    }

    /// <summary>A value that the person may set, with the checks of the param; read it with <see cref="Decision.Get{T}"/>.</summary>
    public Form Ask<T>(Param<T> param)
    {
        ArgumentNullException.ThrowIfNull(param);
        _fields.Add(param);
        return this;
    }

    /// <summary>The form as data.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FormModel ToModel() => new() { Title = title, Text = _text, Fields = [.. _fields.Select(field => field.Model)] };

    /// <summary>The question alone.</summary>
    public static implicit operator Form(string title) => new(title);
}
