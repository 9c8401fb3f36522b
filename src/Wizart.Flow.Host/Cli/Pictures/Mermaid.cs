using System.Globalization;
using System.Text;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Cli;

/// <summary>A DAG as a Mermaid flow chart: solid arrows carry data, dotted ones give order only.</summary>
internal static class Mermaid
{
    /// <summary>The chart's text.</summary>
    public static string Of(DagModel model)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var task in model.Tasks)
        {
            text.Append(CultureInfo.InvariantCulture, $"    t{task.Index}[\"{Escaped(task.Id)}\"]\n");
            foreach (var upstream in task.Upstream)
                text.Append(CultureInfo.InvariantCulture, $"    t{upstream} {(task.After.Contains(upstream) ? "-.->" : "-->")} t{task.Index}\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Escaped(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal);
}
