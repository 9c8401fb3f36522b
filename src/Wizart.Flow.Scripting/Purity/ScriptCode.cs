using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Wizart.Flow.Scripting;

/// <summary>The files of a compilation as the purity rules look at them.</summary>
internal sealed class ScriptCode
{
    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    public ScriptCode(CSharpCompilation compilation, CancellationToken cancellation)
    {
        _compilation = compilation;
        Cancellation = cancellation;
        Roots = [.. compilation.SyntaxTrees.Select(t => (CompilationUnitSyntax)t.GetRoot(cancellation))];
        DeclaredNames = Roots.SelectMany(r => r.DescendantNodes()).Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal);

        // 'using static System.IO.File' and 'using F = System.IO.File' make any name suspect.
        AnyNameMayBeImpure = Roots.Any(r => r.Usings.Any(u => u.Alias is not null || u.StaticKeyword != default));
    }

    /// <summary>The files, the loaded ones included.</summary>
    public IReadOnlyList<CompilationUnitSyntax> Roots { get; }

    /// <summary>The names of everything that the script declares.</summary>
    public IReadOnlySet<string> DeclaredNames { get; }

    /// <summary>Whether the table of names can't be relied on.</summary>
    public bool AnyNameMayBeImpure { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>What a node means; null when the compiler can't tell.</summary>
    public ISymbol? SymbolOf(SyntaxNode node)
    {
        var info = ModelOf(node).GetSymbolInfo(node, Cancellation);
        return info.Symbol ?? (info.CandidateSymbols.Length > 0 ? info.CandidateSymbols[0] : null);
    }

    /// <summary>The semantic model of the file that a node stands in.</summary>
    public SemanticModel ModelOf(SyntaxNode node)
    {
        if (!_models.TryGetValue(node.SyntaxTree, out var model)) _models[node.SyntaxTree] = model = _compilation.GetSemanticModel(node.SyntaxTree);
        return model;
    }

    /// <summary>Where the script itself declares a symbol; empty for what comes from elsewhere.</summary>
    public IEnumerable<SyntaxNode> DeclarationsOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Select(r => r.GetSyntax(Cancellation));

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };
}
