using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Diagnostic = Wizart.Flow.Model.Diagnostic;

namespace Wizart.Flow.Scripting;

/// <summary>FLOW1xx: a script declares and does nothing else. Declared twice, it must give the same DAGs.</summary>
internal static class PurityRules
{
    /// <summary>What in a script breaks these rules.</summary>
    public static IReadOnlyList<Diagnostic> Check(CSharpCompilation compilation, CancellationToken cancellation)
    {
        // With a broken syntax the tree says little of what was meant.
        if (compilation.SyntaxTrees.Any(t => t.GetDiagnostics(cancellation).Any(d => d.Severity == DiagnosticSeverity.Error))) return [];
        var code = new ScriptCode(compilation, cancellation);
        var walk = new DeclarationWalk(code);
        var found = new List<(SyntaxNode Node, string What, ImpureMember Impure)>();
        foreach (var node in walk.Nodes())
        {
            if (node is AwaitExpressionSyntax) found.Add((node, "await", ImpureMember.Await));
            else if (Member(code, node) is { } symbol && !walk.IsHandedOver(node, symbol) && ImpureMember.Find(symbol) is { } impure) found.Add((node, Name(symbol), impure));
        }

        var impurities = found
            .Where(f => f.Node is not AwaitExpressionSyntax || !found.Exists(other => other.Node != f.Node && f.Node.Span.Contains(other.Node.Span)))
            .Select(f => new Diagnostic(f.Impure.Code, $"'{f.What}' {f.Impure.Because}. {f.Impure.Advice}.", Places.Of(f.Node.GetLocation())));
        return [.. impurities, .. BodyRules.Check(code, walk.Bodies)];
    }

    private static ISymbol? Member(ScriptCode code, SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax creation when IsSuspect(code, NameOf(creation.Type)) => code.SymbolOf(creation),
        ImplicitObjectCreationExpressionSyntax creation => code.SymbolOf(creation),
        SimpleNameSyntax name when IsSuspect(code, name) && !IsInNameof(name) => code.SymbolOf(name),
        _ => null,
    };

    // Looking a name up costs more than everything else here, and most names can't be meant.
    private static bool IsSuspect(ScriptCode code, SimpleNameSyntax? name)
    {
        if (name is null) return false;
        if (code.AnyNameMayBeImpure || ImpureMember.Names.Contains(name.Identifier.ValueText)) return true;
        return name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            && NameOf(access.Expression) is { } owner && ImpureMember.Names.Contains(owner.Identifier.ValueText);
    }

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name,
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        MemberAccessExpressionSyntax access => access.Name,
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        _ => null,
    };

    private static bool IsInNameof(SyntaxNode node) =>
        node.Ancestors().TakeWhile(a => a is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax)
            .Any(a => a is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    private static string Name(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"new {symbol.ContainingType.Name}" : $"{symbol.ContainingType.Name}.{symbol.Name}";
}
