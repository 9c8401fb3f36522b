using Wizart.Flow.Execution;

namespace Wizart.Flow.Web.Ui.Variables;

/// <summary>The variables that fit, one page of them.</summary>
public sealed record VariablesModel(string Text, IReadOnlyList<VariableRow> Rows, int Page, int Found, int All)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 100;
}

/// <summary>One variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null when scripts name it and nobody has set it.</param>
/// <param name="Uses">Who takes it.</param>
public sealed record VariableRow(string Name, JsonPayload? Value, IReadOnlyList<VariableUse> Uses);

/// <summary>A task that takes a variable.</summary>
/// <param name="DagId">Its DAG.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Type">The type that its body receives.</param>
/// <param name="Default">What it receives when the variable is not set, as JSON; null when it then fails.</param>
public sealed record VariableUse(string DagId, string TaskId, string Type, string? Default);

/// <summary>The form of one variable.</summary>
/// <param name="Name">What stands in the field of the name.</param>
/// <param name="Value">What stands in the field of the value.</param>
/// <param name="IsText">Whether that is plain text rather than JSON.</param>
/// <param name="IsNew">Whether the name may be chosen.</param>
/// <param name="Uses">Who takes it.</param>
public sealed record VariableForm(string Name, string Value, bool IsText, bool IsNew, IReadOnlyList<VariableUse> Uses)
{
    /// <summary>What is wrong with the name.</summary>
    public string? NameMistake { get; init; }

    /// <summary>What is wrong with the value.</summary>
    public string? ValueMistake { get; init; }
}
