namespace Wizart.Flow.Scripting;

/// <summary><c>references.json</c>: the assemblies that a script needs beyond the framework, Wizart.Flow, and the providers.</summary>
/// <param name="Managed">Assembly name → absolute path.</param>
/// <param name="Native">Absolute paths of native libraries, and of folders to look for them in.</param>
internal sealed record ImageReferences(IReadOnlyDictionary<string, string> Managed, IReadOnlyList<string> Native);
