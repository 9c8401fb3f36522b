using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Finds code that no person writes and that the compiler can't bear: it needs time that grows without bound with the
/// depth of brackets and of lambdas, or ends the process by exhausting its stack.
/// </summary>
internal static class Complexity
{
    private const int MostBrackets = 256;
    private const int MostNodes = 3_000;
    private const int MostLambdas = 8;

    /// <summary>What is too deep in a text that is not parsed yet; null when it may be parsed.</summary>
    public static string? WhyNot(SourceText text)
    {
        var depth = 0;
        foreach (var token in SyntaxFactory.ParseTokens(text.ToString(), options: SourceReader.ParseOptions))
        {
            switch (token.Kind())
            {
                case SyntaxKind.OpenParenToken or SyntaxKind.OpenBraceToken or SyntaxKind.OpenBracketToken:
                    if (++depth > MostBrackets) return TooDeep("brackets", MostBrackets);
                    break;
                case SyntaxKind.CloseParenToken or SyntaxKind.CloseBraceToken or SyntaxKind.CloseBracketToken:
                    depth--;
                    break;
            }
        }

        return null;
    }

    /// <summary>What is too deep in a tree; null when it may be compiled.</summary>
    public static string? WhyNot(SyntaxNode root)
    {
        var waiting = new Stack<(SyntaxNode Node, int Depth, int Lambdas)>([(root, 0, 0)]);
        while (waiting.TryPop(out var at))
        {
            // Each lambda without types is looked at again for each overload of each call around it.
            var lambdas = at.Node is AnonymousFunctionExpressionSyntax ? at.Lambdas + 1 : at.Lambdas;
            if (lambdas > MostLambdas) return TooDeep("lambdas", MostLambdas);
            if (at.Depth > MostNodes) return TooDeep("expressions or statements", MostNodes);
            foreach (var child in at.Node.ChildNodes()) waiting.Push((child, at.Depth + 1, lambdas));
        }

        return null;
    }

    private static string TooDeep(string what, int most) => string.Create(
        CultureInfo.InvariantCulture, $"More than {most} {what} stand within each other, which the compiler can't bear. Split the code into functions.");
}
