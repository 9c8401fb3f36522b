namespace Wizart.Flow.Host.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>The thing asked about failed: a script has errors, a run failed, there is no such DAG.</summary>
    public const int Failed = 1;

    /// <summary>The program was used wrongly.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
