using System.Globalization;

namespace Wizart.Flow.Web.Ui.Layout;

/// <summary>Paths of pages that several pages lead to, from the base on.</summary>
public static class Links
{
    /// <summary>A task instance.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="element">The element of a mapped task; -1 for none.</param>
    public static string Task(long run, string task, int element = -1) =>
        string.Create(CultureInfo.InvariantCulture, $"runs/{run}/tasks/{task}{(element >= 0 ? $"?element={element}" : "")}");

    /// <summary>A run.</summary>
    public static string Run(long run) => string.Create(CultureInfo.InvariantCulture, $"runs/{run}");

    /// <summary>A DAG, or one of its views.</summary>
    public static string Dag(string dag, string view = "") => view.Length == 0 ? $"dags/{dag}" : $"dags/{dag}/{view}";
}
