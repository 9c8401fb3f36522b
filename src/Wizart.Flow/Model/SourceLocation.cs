namespace Wizart.Flow.Model;

/// <summary>A place in a script, as an editor shows it: lines and columns count from one.</summary>
/// <param name="File">The path the script was compiled under.</param>
/// <param name="Line">The line, from one; zero when not known.</param>
/// <param name="Column">The column, from one; zero when not known.</param>
public sealed record SourceLocation(string File, int Line, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Line: <= 0 } => File,
        { Column: > 0 } => $"{File}({Line},{Column})",
        _ => $"{File}({Line})",
    };
}
