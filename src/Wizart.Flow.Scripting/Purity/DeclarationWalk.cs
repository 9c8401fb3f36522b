using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wizart.Flow.Scripting;

/// <summary>
/// Follows the code that runs while the DAGs are declared: top-level statements and initialisers, and what of the script
/// they call. Lambdas and methods that are only handed over are bodies, and are gathered, not followed, except those
/// handed to the framework (<c>Select</c>, <c>ForEach</c>), which calls them here and now.
/// </summary>
internal sealed class DeclarationWalk(ScriptCode code)
{
    private readonly Queue<SyntaxNode> _waiting = new();
    private readonly HashSet<SyntaxNode> _walked = [];
    private readonly HashSet<SyntaxNode> _bodies = [];

    /// <summary>The nodes that run while the DAGs are declared. Walk them before asking for <see cref="Bodies"/>.</summary>
    public IEnumerable<SyntaxNode> Nodes()
    {
        foreach (var start in code.Roots.SelectMany(r => r.Members).Select(StartOf).OfType<SyntaxNode>()) Add(start);
        while (_waiting.TryDequeue(out var region))
        {
            foreach (var node in region.DescendantNodesAndSelf(n => n == region || !IsOfItsOwn(n)))
            {
                code.Cancellation.ThrowIfCancellationRequested();
                yield return node;
                if (node != region) Follow(node);
            }
        }
    }

    /// <summary>What is handed over to run later.</summary>
    public IEnumerable<SyntaxNode> Bodies => _bodies.Where(b => !_walked.Contains(b));

    /// <summary>Whether a method is only named here, to be called later: <c>.Run(File.ReadAllText)</c>.</summary>
    public bool IsHandedOver(SyntaxNode node, ISymbol symbol) =>
        node is SimpleNameSyntax name && symbol is IMethodSymbol && !IsCalled(name) && !RunsHere(ExpressionOf(name));

    private static SyntaxNode? StartOf(MemberDeclarationSyntax member) => member switch
    {
        GlobalStatementSyntax or FieldDeclarationSyntax => member,
        PropertyDeclarationSyntax property => property.Initializer,
        _ => null,
    };

    private static bool IsOfItsOwn(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax;

    private void Follow(SyntaxNode node)
    {
        switch (node)
        {
            case AnonymousFunctionExpressionSyntax lambda:
                if (RunsHere(lambda)) Add(lambda);
                else _bodies.Add(lambda);
                break;
            case SimpleNameSyntax name when code.DeclaredNames.Contains(name.Identifier.ValueText):
                FollowName(name);
                break;
            case BaseObjectCreationExpressionSyntax creation when code.SymbolOf(creation) is IMethodSymbol constructor:
                FollowConstructor(constructor);
                break;
        }
    }

    private void FollowName(SimpleNameSyntax name)
    {
        switch (code.SymbolOf(name))
        {
            case IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension } method:
                foreach (var declaration in code.DeclarationsOf(method.ReducedFrom ?? method))
                {
                    if (IsCalled(name) || RunsHere(ExpressionOf(name))) Add(declaration);
                    else _bodies.Add(declaration);
                }

                break;
            case IPropertySymbol property:
                foreach (var declaration in code.DeclarationsOf(property)) Add(declaration);
                break;
            case IFieldSymbol or ILocalSymbol when IsCalled(name):
                FollowVariable(name, called: true);
                break;
            case IFieldSymbol { ContainingType.IsScriptClass: false }:
                FollowVariable(name, called: false);
                break;
        }
    }

    // A field's initialiser runs when the field is first used; a lambda kept in a variable runs when the variable is called.
    private void FollowVariable(SimpleNameSyntax name, bool called)
    {
        foreach (var declaration in code.DeclarationsOf(code.SymbolOf(name)!).OfType<VariableDeclaratorSyntax>())
        {
            if (declaration.Initializer is not { } initializer) continue;
            if (called && Inner(initializer.Value) is AnonymousFunctionExpressionSyntax lambda) Add(lambda);
            else Add(initializer);
        }
    }

    private void FollowConstructor(IMethodSymbol constructor)
    {
        foreach (var declaration in code.DeclarationsOf(constructor).OfType<ConstructorDeclarationSyntax>()) Add(declaration);
        foreach (var type in code.DeclarationsOf(constructor.ContainingType).OfType<TypeDeclarationSyntax>())
        {
            foreach (var member in type.Members)
            {
                if (member is FieldDeclarationSyntax field) Add(field);
                else if (member is PropertyDeclarationSyntax { Initializer: { } initializer }) Add(initializer);
            }
        }
    }

    /// <summary>Whether a function that is passed to a call is called by it at once.</summary>
    private bool RunsHere(ExpressionSyntax function)
    {
        SyntaxNode outer = function;
        while (outer.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax) outer = outer.Parent;
        if (outer.Parent is InvocationExpressionSyntax call && call.Expression == outer) return true;
        if (outer.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }) return false;
        return code.SymbolOf(invocation) is IMethodSymbol method
            && method.ContainingNamespace?.ToDisplayString() is { } space
            && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
    }

    private static bool IsCalled(SimpleNameSyntax name) =>
        ExpressionOf(name) is var expression && expression.Parent is InvocationExpressionSyntax call && call.Expression == expression;

    private static ExpressionSyntax ExpressionOf(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    private static ExpressionSyntax Inner(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax parentheses: expression = parentheses.Expression; break;
                case CastExpressionSyntax cast: expression = cast.Expression; break;
                default: return expression;
            }
        }
    }

    private void Add(SyntaxNode region)
    {
        if (_walked.Add(region)) _waiting.Enqueue(region);
    }
}
