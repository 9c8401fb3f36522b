namespace Wizart.Flow.Scripting;

/// <summary>The limits of compiling one script.</summary>
public sealed record ScriptCompilerOptions
{
    /// <summary>A script that takes longer to compile is refused. Default 30 s.</summary>
    public TimeSpan CompileLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Packages that take longer to restore are refused. Default 3 minutes.</summary>
    public TimeSpan RestoreLimit { get; init; } = TimeSpan.FromMinutes(3);
}
