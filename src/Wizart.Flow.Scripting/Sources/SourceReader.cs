using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wizart.Flow.Model;
using Diagnostic = Wizart.Flow.Model.Diagnostic;

namespace Wizart.Flow.Scripting;

/// <summary>Follows the <c>#load</c>s of a script, each file once however often and in what circles it is loaded.</summary>
internal sealed class SourceReader
{
    /// <summary>Scripts, in the latest version of the language.</summary>
    internal static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private readonly List<ScriptText> _texts = [];
    private readonly List<SyntaxTree> _trees = [];
    private readonly Dictionary<(string, string), string?> _loads = [];
    private readonly List<ReferenceDirective> _references = [];
    private readonly List<string> _loadedFiles = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unusable = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellation;

    private SourceReader(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>Parses a script and reads all that it loads.</summary>
    public static ScriptSources Read(ScriptText script, CancellationToken cancellation)
    {
        var reader = new SourceReader(cancellation);
        reader.Take(script);
        return new ScriptSources
        {
            Tree = reader._trees[0],
            Texts = reader._texts,
            Trees = reader._trees,
            Loads = reader._loads,
            References = reader._references,
            LoadedFiles = reader._loadedFiles,
            Diagnostics = reader._diagnostics,
        };
    }

    /// <summary>The path that a directive means: relative to the file it stands in, with either kind of slash.</summary>
    public static string PathOf(string directive, string file) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, directive.Replace('\\', Path.DirectorySeparatorChar)));

    // A worklist, not recursion: a chain of loads may be as long as it likes.
    private void Take(ScriptText script)
    {
        var waiting = new Queue<ScriptText>([script]);
        _seen.Add(script.Path);
        while (waiting.TryDequeue(out var text))
        {
            _texts.Add(text);
            if (Complexity.WhyNot(text.Text) is { } tooDeep)
            {
                _diagnostics.Add(new Diagnostic(FlowCodes.TooComplex, tooDeep, new SourceLocation(text.Path, 0)));
                _trees.Add(CSharpSyntaxTree.ParseText("", ParseOptions, text.Path, cancellationToken: _cancellation));
                continue;
            }

            var tree = CSharpSyntaxTree.ParseText(text.Text, ParseOptions, text.Path, _cancellation);
            _trees.Add(tree);
            var root = (CompilationUnitSyntax)tree.GetRoot(_cancellation);
            if (Complexity.WhyNot(root) is { } why) _diagnostics.Add(new Diagnostic(FlowCodes.TooComplex, why, new SourceLocation(text.Path, 0)));
            foreach (var load in root.GetLoadDirectives()) Follow(load, text.Path, waiting);
            foreach (var reference in root.GetReferenceDirectives())
                _references.Add(new ReferenceDirective(reference.File.ValueText, text.Path, reference.File.Span, LocationOf(reference.File)));
        }
    }

    private void Follow(LoadDirectiveTriviaSyntax load, string file, Queue<ScriptText> waiting)
    {
        if (load.File.IsMissing) return;
        var said = load.File.ValueText;
        var path = said.Length == 0 ? file : PathOf(said, file);
        if (path == file)
        {
            Refuse(load, FlowCodes.BadLoad, said.Length == 0 ? "#load names no file." : "The file loads itself. Remove this line.");
            return;
        }

        if (_seen.Add(path))
        {
            _loadedFiles.Add(path);
            var (text, whyNot) = ScriptText.Read(path);
            if (text is not null)
            {
                waiting.Enqueue(text);
            }
            else
            {
                _unusable.Add(path);
                if (whyNot is not null) Refuse(load, FlowCodes.BadFile, $"'{said}' {whyNot}.");
                else Refuse(load, FlowCodes.BadLoad, $"There is no file '{said}' (looked for {path}). The path is relative to the file it stands in.");
            }
        }

        _loads[(file, said)] = _unusable.Contains(path) ? null : path;
    }

    private void Refuse(LoadDirectiveTriviaSyntax load, string code, string message) =>
        _diagnostics.Add(new Diagnostic(code, message, LocationOf(load.File)));

    private static SourceLocation LocationOf(SyntaxToken token) => Places.Of(token.GetLocation())!;
}
