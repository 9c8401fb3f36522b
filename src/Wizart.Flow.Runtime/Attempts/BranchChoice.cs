using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>What a branch chose, as the ids of tasks.</summary>
internal static class BranchChoice
{
    /// <exception cref="BranchException">A task was chosen that does not come after the branch.</exception>
    public static AttemptOutcome.Succeeded OutcomeOf(TaskDraft branch, object? choice)
    {
        ITask[] chosen = choice switch
        {
            null => [],
            ITask task => [task],
            _ => [.. (IEnumerable<ITask>)choice],
        };
        foreach (var task in chosen)
        {
            if (task.Draft.IsAfter(branch)) continue;
            throw new BranchException(
                $"Task '{branch.Id}' chose '{task.Draft.Id}', which does not come after it, so there is nothing to decide. Add .After({branch.Id}) to '{task.Draft.Id}'.");
        }

        string[] ids = [.. chosen.Select(task => task.Draft.Id).Distinct()];
        return new AttemptOutcome.Succeeded(TaskValue.Of(ids)) { Chosen = ids };
    }
}

/// <summary>A branch chose a task that is not its to choose. Trying again would not help.</summary>
public sealed class BranchException(string message) : Exception(message);
