using System.Reflection;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Images;

/// <summary>A compiled script, loaded: evaluating it gives its tasks with their bodies.</summary>
public sealed class ScriptImage
{
    /// <summary>
    /// A script that declares more tasks than this is evaluated once and kept, so that an attempt of a large DAG costs no
    /// more than one of a small DAG. Below it every attempt gets an evaluation of its own, and bodies share nothing.
    /// </summary>
    public const int KeepAbove = 256;

    private readonly Func<object?[], Task<object>> _factory;
    private ScriptScope? _kept;

    private ScriptImage(Assembly assembly, Func<object?[], Task<object>> factory, ReadOnlyMemory<byte> symbols)
    {
        Assembly = assembly;
        Symbols = new ScriptSymbols(symbols);
        _factory = factory;
    }

    internal Assembly Assembly { get; }

    internal ScriptSymbols Symbols { get; }

    /// <summary>Loads an image into the process, where it stays.</summary>
    /// <exception cref="ImageException">It is not there or not a script.</exception>
    public static ScriptImage Load(ImageReference reference)
    {
        try
        {
            var symbols = Path.Combine(reference.Directory, "script.pdb") is var path && File.Exists(path) ? File.ReadAllBytes(path) : [];
            var code = File.ReadAllBytes(Path.Combine(reference.Directory, "script.dll"));
            var context = new ImageLoadContext(reference.Hash, ImageManifest.Load(reference.Directory));
            var assembly = context.LoadFromStream(new MemoryStream(code), symbols.Length == 0 ? null : new MemoryStream(symbols));
            return new ScriptImage(assembly, Factory(assembly), symbols);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or System.Text.Json.JsonException)
        {
            throw new ImageException($"The compiled script in '{reference.Directory}' can't be loaded ({e.Message}). Save the script again to compile it anew.", e);
        }
    }

    /// <summary>Runs the script's top level.</summary>
    /// <param name="connectionTypes">The clients that providers make; null to accept any.</param>
    /// <returns>What it declared. Whatever the script throws is thrown.</returns>
    public ScriptScope Evaluate(ConnectionTypes? connectionTypes = null)
    {
        if (_kept is { } kept) return kept;
        using var scope = ScriptScope.Begin(connectionTypes);
        _factory(new object?[2]).GetAwaiter().GetResult();
        if (scope.TaskCount > KeepAbove) _kept = scope;
        return scope;
    }

    /// <summary>A script that is part of the calling program.</summary>
    internal static ScriptImage BuiltIn(Func<object?[], Task<object>> script) => new(script.Method.Module.Assembly, script, default);

    private static Func<object?[], Task<object>> Factory(Assembly assembly)
    {
        var method = assembly.GetType("Script")?.GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return method?.CreateDelegate<Func<object?[], Task<object>>>()
            ?? throw new BadImageFormatException("it has no script entry point");
    }
}
