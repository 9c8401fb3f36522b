using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Commands;

/// <summary>What kind of mistake a refused command is.</summary>
public enum Refusal
{
    /// <summary>What it names does not exist.</summary>
    NotFound,

    /// <summary>What it says makes no sense.</summary>
    Invalid,

    /// <summary>It does not fit the present state.</summary>
    Conflict,

    /// <summary>What it was decided upon has changed since.</summary>
    Overtaken,

    /// <summary>Its key belongs to another request.</summary>
    Mismatch,
}

/// <summary>A command that was refused: what, and what to do.</summary>
public sealed class FlowCommandException(Refusal refusal, string message, IReadOnlyList<Diagnostic>? details = null) : Exception(message)
{
    /// <summary>What kind of mistake.</summary>
    public Refusal Refusal { get; } = refusal;

    /// <summary>One entry per mistake, when there are several.</summary>
    public IReadOnlyList<Diagnostic> Details { get; } = details ?? [];
}
