namespace Wizart.Flow.Model;

/// <summary>Whether a diagnostic keeps a script from being used.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The script is used all the same.</summary>
    Warning,

    /// <summary>The script is refused; the last good version stays active.</summary>
    Error,
}

/// <summary>What is wrong with a script, where, and what to do about it.</summary>
/// <param name="Code"><c>FLOWnnn</c> for our own rules, <c>CSnnnn</c> for the compiler's.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
/// <param name="Location">Where; null when it concerns the file as a whole.</param>
/// <param name="Severity">Whether it keeps the script from being used.</param>
public sealed record Diagnostic(
    string Code,
    string Message,
    SourceLocation? Location,
    DiagnosticSeverity Severity = DiagnosticSeverity.Error)
{
    /// <summary>The shape that editors and terminals make a link of.</summary>
    public override string ToString()
    {
        var where = Location is null ? "" : $"{Location}: ";
        return $"{where}{(Severity == DiagnosticSeverity.Error ? "error" : "warning")} {Code}: {Message}";
    }
}
