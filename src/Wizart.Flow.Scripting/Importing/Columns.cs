using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Diagnostic = Wizart.Flow.Model.Diagnostic;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Gives a column to the diagnostics of an evaluation, which know only the line: that of the call on this line that they
/// speak of.
/// </summary>
internal static class Columns
{
    /// <summary>The diagnostics, with columns where the line has something to point at.</summary>
    public static IEnumerable<Diagnostic> Add(IEnumerable<Diagnostic> diagnostics, IReadOnlyList<SyntaxTree> trees) =>
        diagnostics.Select(diagnostic => diagnostic.Location is { Column: 0, Line: > 0 } location
            && trees.FirstOrDefault(t => t.FilePath == location.File) is { } tree
            && Find(tree, location.Line, diagnostic.Message) is { } column
                ? diagnostic with { Location = location with { Column = column } }
                : diagnostic);

    private static int? Find(SyntaxTree tree, int line, string message)
    {
        var text = tree.GetText();
        if (line > text.Lines.Count) return null;
        var span = text.Lines[line - 1].Span;
        var calls = tree.GetRoot().DescendantNodes(node => node.FullSpan.IntersectsWith(span))
            .OfType<InvocationExpressionSyntax>()
            .Where(call => span.Contains(call.ArgumentList.OpenParenToken.SpanStart)) // the line that a call has for the compiler
            .OrderBy(call => call.ArgumentList.OpenParenToken.SpanStart)
            .ToList();
        var meant = calls.Find(call => Names(call, message)) ?? calls.FirstOrDefault();
        var start = meant is null
            ? tree.GetRoot().FindToken(span.Start).SpanStart
            : NameOf(meant).SpanStart;
        return span.Contains(start) ? start - span.Start + 1 : null;
    }

    // Dag("a").Task("b") on one line: the message names the id that it means.
    private static bool Names(InvocationExpressionSyntax call, string message) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: string id }
        && message.Contains($"'{id}'", StringComparison.Ordinal);

    private static SyntaxNode NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression;
}
