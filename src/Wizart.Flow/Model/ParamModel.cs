using System.Text.Json;

namespace Wizart.Flow.Model;

/// <summary>A typed value that a person or an API call may set per run; makes the trigger form and checks what is sent.</summary>
public sealed record ParamModel
{
    /// <summary>The name it is set by.</summary>
    public required string Name { get; init; }

    /// <summary>The type the bodies receive.</summary>
    public required TypeModel Type { get; init; }

    /// <summary>What kind of value is expected.</summary>
    public ParamValueKind ValueKind { get; init; }

    /// <summary>The value when a run sets none; null when there is none.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Words for the form.</summary>
    public string? Description { get; init; }

    /// <summary>The heading it stands under in the form.</summary>
    public string? Section { get; init; }

    /// <summary>Whether a run must set it.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value allowed; null for no limit.</summary>
    public JsonElement? Minimum { get; init; }

    /// <summary>The largest value allowed; null for no limit.</summary>
    public JsonElement? Maximum { get; init; }

    /// <summary>The values allowed; null for any.</summary>
    public IReadOnlyList<JsonElement>? Choices { get; init; }

    /// <summary>The regular expression a text must match as a whole; null for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>Where <c>Param(name, …)</c> stands.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>The kinds of values that params have, which decide how text is read and which form field is shown.</summary>
public enum ParamValueKind
{
    /// <summary>Anything else: written as JSON.</summary>
    Json,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with decimals.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A span of time: <c>00:00:20</c> or <c>20s</c>, <c>15m</c>, <c>6h</c>, <c>2d</c>, <c>500ms</c>.</summary>
    Duration,

    /// <summary>A point in time or a date, ISO 8601.</summary>
    DateTime,

    /// <summary>One name of an enumeration.</summary>
    Enum,
}
