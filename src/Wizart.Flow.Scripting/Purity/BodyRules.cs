using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wizart.Flow.Model;
using Diagnostic = Wizart.Flow.Model.Diagnostic;

namespace Wizart.Flow.Scripting;

/// <summary>FLOW110: a body must not assign a variable of the script; what one body assigns no other ever sees.</summary>
internal static class BodyRules
{
    /// <summary>The assignments in these bodies and in what of the script they call.</summary>
    public static IEnumerable<Diagnostic> Check(ScriptCode code, IEnumerable<SyntaxNode> bodies)
    {
        var waiting = new Queue<SyntaxNode>(bodies);
        var seen = waiting.ToHashSet();
        while (waiting.TryDequeue(out var body))
        {
            foreach (var node in body.DescendantNodes())
            {
                code.Cancellation.ThrowIfCancellationRequested();
                foreach (var target in Targets(node))
                    if (ScriptVariable(code, target) is { } variable) yield return Refusal(target, variable);

                if (node is not SimpleNameSyntax name || !code.DeclaredNames.Contains(name.Identifier.ValueText)) continue;
                if (code.SymbolOf(name) is not IMethodSymbol method) continue;
                foreach (var declaration in code.DeclarationsOf(method))
                    if (seen.Add(declaration)) waiting.Enqueue(declaration);
            }
        }
    }

    private static IEnumerable<ExpressionSyntax> Targets(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => Parts(assignment.Left),
        PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression) => [prefix.Operand],
        PostfixUnaryExpressionSyntax postfix when postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression) => [postfix.Operand],
        ArgumentSyntax argument when argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword) => [argument.Expression],
        _ => [],
    };

    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax left) =>
        left is TupleExpressionSyntax tuple ? tuple.Arguments.SelectMany(a => Parts(a.Expression)) : [left];

    private static ISymbol? ScriptVariable(ScriptCode code, ExpressionSyntax target)
    {
        var name = target switch
        {
            IdentifierNameSyntax identifier => identifier,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name,
            _ => null,
        };
        if (name is null || !code.DeclaredNames.Contains(name.Identifier.ValueText)) return null;
        return code.SymbolOf(name) is (IFieldSymbol or IPropertySymbol) and { ContainingType.IsScriptClass: true } variable ? variable : null;
    }

    private static Diagnostic Refusal(ExpressionSyntax target, ISymbol variable) => new(
        FlowCodes.BodyAssignsVariable,
        $"A body assigns '{variable.Name}', a variable of the script. Each body runs in a process of its own, so no other task would see it. "
        + "Return the value and take it with From, or keep it between attempts in TaskContext.State.",
        Places.Of(target.GetLocation()));
}
