using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    private readonly List<TaskGroup> _groups = [];

    /// <summary>A place for tasks that belong together: <c>dag.Group("checks").Task("a")</c> is the task <c>checks.a</c>.</summary>
    /// <param name="id">Unique in the DAG: letters, digits, <c>_ -</c></param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskGroup Group(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AddGroup(null, id, new SourceLocation(file, line));

    internal IReadOnlyList<TaskGroup> Groups => _groups;

    internal TaskGroup AddGroup(TaskGroup? parent, string id, SourceLocation location)
    {
        Scope.CheckId("group", id, location);
        var full = parent is null ? id : $"{parent.Id}.{id}";
        if (_groups.Find(g => g.Id == full) is { } first)
        {
            Scope.Report(
                FlowCodes.DuplicateTask,
                $"DAG '{Id}' has a second group '{full}' (the first is at line {first.Location.Line}). Keep the first in a variable and add tasks to it.",
                location);
        }

        var group = new TaskGroup(this, parent, full, _groups.Count, location);
        _groups.Add(group);
        return group;
    }
}
