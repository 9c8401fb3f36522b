using Wizart.Flow.Execution;
using Wizart.Flow.Runtime.Images;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>The script of an attempt and the task in it, as far as they could be had.</summary>
internal sealed class AttemptScript(ImageCache images)
{
    public ScriptImage? Image { get; private set; }

    public TaskDraft? Task { get; private set; }

    /// <summary>Loads and evaluates the script and finds the task.</summary>
    /// <exception cref="TaskNotFoundException">The script has no such task, or the task has no body.</exception>
    public void Prepare(AttemptOrder order)
    {
        Image = images.Get(order.Image);
        var scope = Image.Evaluate();
        // By place, which costs the same in a DAG of any size; by name if the script does not declare the same each time.
        var task = order.TaskIndex >= 0 ? scope.FindTask(order.DagId, order.TaskIndex) : null;
        if (task?.Id != order.TaskId) task = scope.FindTask(order.DagId, order.TaskId);
        if (task?.Body is null)
        {
            throw new TaskNotFoundException(task is null
                ? $"The script declares no task '{order.TaskId}' in DAG '{order.DagId}' here, though it did when it was saved. What a script declares must not depend on where or when it runs."
                : $"Task '{order.TaskId}' does nothing: end it with Run(…).");
        }

        Task = task;
    }
}

/// <summary>The script does not declare the task that was ordered. Trying again would not help.</summary>
public sealed class TaskNotFoundException(string message) : Exception(message);
