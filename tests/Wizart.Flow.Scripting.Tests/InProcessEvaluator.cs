using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime;

namespace Wizart.Flow.Scripting.Tests;

/// <summary>Loads images into this process, as a worker would into its own.</summary>
internal sealed class InProcessEvaluator : IScriptEvaluator
{
    private int _calls;

    /// <summary>How many evaluations there were.</summary>
    public int Calls => _calls;

    public Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _calls);
        using var scope = ScriptScope.Begin();
        var context = new ImageContext(image.Directory);
        try
        {
            Invoke(context);
            return Task.FromResult(scope.Describe());
        }
        catch (Exception error)
        {
            return Task.FromResult(new ScriptDescription([], [new Diagnostic(FlowCodes.ScriptThrew, error.Message, new SourceLocation(file, 1))]));
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Evaluates an image and gives the value of its last expression.</summary>
    public static object? ResultOf(ImageReference image)
    {
        using var scope = ScriptScope.Begin();
        return Invoke(new ImageContext(image.Directory));
    }

    private static object? Invoke(ImageContext context)
    {
        var factory = context.Script.GetType("Script", throwOnError: true)!
            .GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        return factory(new object?[2]).GetAwaiter().GetResult();
    }

    private sealed class ImageContext : AssemblyLoadContext
    {
        private readonly Dictionary<string, string> _managed;
        private readonly List<string> _native;

        public ImageContext(string directory)
            : base(isCollectible: true)
        {
            using var references = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "references.json")));
            _managed = references.RootElement.GetProperty("managed").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
            _native = [.. references.RootElement.GetProperty("native").EnumerateArray().Select(e => e.GetString()!)];
            Script = LoadFromStream(
                new MemoryStream(File.ReadAllBytes(Path.Combine(directory, "script.dll"))),
                new MemoryStream(File.ReadAllBytes(Path.Combine(directory, "script.pdb"))));
        }

        public Assembly Script { get; }

        protected override Assembly? Load(AssemblyName name) => _managed.TryGetValue(name.Name!, out var path) ? LoadFromAssemblyPath(path) : null;

        protected override nint LoadUnmanagedDll(string name)
        {
            var file = _native.SelectMany(n => Directory.Exists(n) ? Directory.EnumerateFiles(n) : [n])
                .FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) is var n && (n == name || n == "lib" + name));
            return file is null ? 0 : LoadUnmanagedDllFromPath(file);
        }
    }
}
