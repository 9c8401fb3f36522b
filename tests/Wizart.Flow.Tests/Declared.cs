using Wizart.Flow.Model;

namespace Wizart.Flow.Tests;

/// <summary>Declares DAGs as a script would, and gives what came of it.</summary>
internal static class Declared
{
    public static ScriptDescription Script(Action script)
    {
        using var scope = ScriptScope.Begin();
        script();
        return scope.Describe();
    }

    /// <summary>The one DAG of a script without errors.</summary>
    public static DagModel Dag(Action script)
    {
        var description = Script(script);
        Assert.Empty(description.Diagnostics);
        return Assert.Single(description.Dags);
    }

    /// <summary>The only thing that is wrong with a script.</summary>
    public static Diagnostic Error(Action script) => Assert.Single(Script(script).Diagnostics);

    public static string[] Codes(Action script) => [.. Script(script).Diagnostics.Select(d => d.Code)];
}
