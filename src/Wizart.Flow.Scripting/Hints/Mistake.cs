using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wizart.Flow.Scripting;

/// <summary>A compiler error and the code around it.</summary>
internal sealed class Mistake
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancellation;

    public Mistake(CSharpCompilation compilation, Microsoft.CodeAnalysis.Diagnostic error, CancellationToken cancellation)
    {
        Error = error;
        _cancellation = cancellation;
        var tree = error.Location.SourceTree!;
        _model = compilation.GetSemanticModel(tree);
        Node = tree.GetRoot(cancellation).FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        Providers = [.. compilation.Options.Usings.Where(u => u.StartsWith("Wizart.Flow.Providers.", StringComparison.Ordinal))];
    }

    /// <summary>The compiler's error.</summary>
    public Microsoft.CodeAnalysis.Diagnostic Error { get; }

    /// <summary>What it points at.</summary>
    public SyntaxNode Node { get; }

    /// <summary>The namespaces of the providers.</summary>
    public IReadOnlyList<string> Providers { get; }

    /// <summary>The nearest node of a kind, the one pointed at included.</summary>
    public T? Nearest<T>()
        where T : SyntaxNode => Node.AncestorsAndSelf().OfType<T>().FirstOrDefault();

    /// <summary>The call <c>x.Word(…)</c> whose argument or name is pointed at.</summary>
    public (InvocationExpressionSyntax Call, ExpressionSyntax Receiver, string Word)? Call()
    {
        foreach (var call in Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax access)
                return (call, access.Expression, access.Name.Identifier.ValueText);
        }

        return null;
    }

    /// <summary>The type of an expression.</summary>
    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => _model.GetTypeInfo(expression, _cancellation).Type;

    /// <summary>What a name may mean.</summary>
    public IEnumerable<ISymbol> MeaningsOf(ExpressionSyntax expression)
    {
        var info = _model.GetSymbolInfo(expression, _cancellation);
        var meanings = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        return meanings.Length > 0 ? meanings : _model.GetMemberGroup(expression, _cancellation);
    }

    /// <summary>Whether a type is one of the language's, by its name without type arguments.</summary>
    public static bool IsOurs(ITypeSymbol? type, params ReadOnlySpan<string> names) =>
        type is { ContainingNamespace: { Name: "Flow", ContainingNamespace: { Name: "Wizart", ContainingNamespace.IsGlobalNamespace: true } } }
        && names.Contains(type.Name);

    /// <summary>A type as an author writes it.</summary>
    public static string Show(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>A list of types as an author writes it.</summary>
    public static string Show(IEnumerable<ITypeSymbol> types) => $"({string.Join(", ", types.Select(Show))})";

    /// <summary>The source text of an expression, in a length for a message.</summary>
    public static string Show(ExpressionSyntax expression)
    {
        var text = expression.ToString();
        return text.Length <= 40 && !text.Contains('\n', StringComparison.Ordinal) ? text : "this";
    }
}
