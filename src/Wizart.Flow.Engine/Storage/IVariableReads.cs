using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage;

/// <summary>What is read of variables.</summary>
public interface IVariableReads
{
    /// <summary>Stored variables in the order of their names, those after a name only.</summary>
    Task<IReadOnlyList<StoredVariable>> VariablesAsync(string? after, int count, CancellationToken cancellation);
}

/// <summary>A variable and its value.</summary>
public sealed record StoredVariable(string Name, JsonPayload Value);
