using Microsoft.CodeAnalysis;
using Wizart.Flow.Model;
using Diagnostic = Wizart.Flow.Model.Diagnostic;

namespace Wizart.Flow.Scripting;

/// <summary>Finds <c>#r "lib.dll"</c> and what that library uses in its own folder.</summary>
internal sealed class LibraryFinder(ScriptReferences shared)
{
    private readonly Dictionary<string, byte[]> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _files = new(StringComparer.Ordinal);
    private readonly List<MetadataReference> _compile = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Takes one <c>#r</c>.</summary>
    public void Find(ReferenceDirective directive)
    {
        var path = SourceReader.PathOf(directive.Text, directive.File);
        if (_files.TryGetValue(path, out var hash) && hash is not null) return;
        if (!File.Exists(path))
        {
            _files[path] = null;
            var name = Path.GetFileNameWithoutExtension(directive.Text);
            if (shared.Contains(directive.Text) || shared.Contains(name)) return; // "System.Xml": it is there already
            Refuse(directive, $"There is no assembly '{directive.Text}' (looked for {path}). The path is relative to the script; a package is #r \"nuget: Id, 1.2.3\".");
            return;
        }

        try
        {
            Take(path, directive);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _files[path] = null;
            Refuse(directive, $"'{directive.Text}' can't be read: {error.Message}");
        }
    }

    /// <summary>What was found.</summary>
    public ExtraReferences Found() => new()
    {
        Compile = [.. _compile],
        Libraries = _libraries,
        Native = [.. _folders],
        Files = _files,
        Diagnostics = _diagnostics,
    };

    private void Take(string path, ReferenceDirective directive)
    {
        var folder = Path.GetDirectoryName(path)!;
        var waiting = new Queue<string>([path]);
        _folders.Add(folder);
        while (waiting.TryDequeue(out var next))
        {
            var image = File.ReadAllBytes(next);
            _files[next] = ScriptText.HashOf(image);
            if (AssemblyFile.Read(image) is not { } assembly)
            {
                if (next == path) Refuse(directive, $"'{directive.Text}' is not a .NET assembly. Native libraries are found beside the assembly that calls them.");
                continue;
            }

            if (shared.Contains(assembly.Name) || !_libraries.TryAdd(assembly.Name, image)) continue;
            _compile.Add(MetadataReference.CreateFromImage(image, filePath: next));
            foreach (var reference in assembly.References)
            {
                var beside = Path.Combine(folder, reference + ".dll");
                if (!_files.ContainsKey(beside) && !shared.Contains(reference) && File.Exists(beside)) waiting.Enqueue(beside);
            }
        }
    }

    private void Refuse(ReferenceDirective directive, string message) =>
        _diagnostics.Add(new Diagnostic(FlowCodes.BadReference, message, directive.Location));
}
