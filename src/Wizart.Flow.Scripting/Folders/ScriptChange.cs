namespace Wizart.Flow.Scripting;

/// <summary>What happened to a script file.</summary>
public enum ScriptChangeKind
{
    /// <summary>The file is new.</summary>
    Added,

    /// <summary>The file, or something that it loads or references, has changed.</summary>
    Changed,

    /// <summary>The file is gone.</summary>
    Removed,
}

/// <summary>A change in the folder of scripts.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="File">The absolute path.</param>
/// <param name="Import">What the file gives now; null when it is gone.</param>
public sealed record ScriptChange(ScriptChangeKind Kind, string File, ScriptImport? Import);
