using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Clearing;

/// <summary>Finds the places that a run's tasks have in another version of its DAG: a task is the same when its id is.</summary>
public static class VersionMove
{
    /// <summary>The move of a run as it is stored.</summary>
    public static RunMove Of(StoredRun stored, DagModel from, long versionId, DagModel to)
    {
        var places = to.Tasks.ToDictionary(task => task.Id, task => task.Index);
        var behind = to.Tasks.Count;
        var indexes = from.Tasks.ToDictionary(task => task.Index, task => places.TryGetValue(task.Id, out var place) ? place : behind++);

        // What an earlier move left behind stays behind.
        var last = stored.Instances.Select(instance => instance.TaskIndex).DefaultIfEmpty(-1).Max();
        for (var index = from.Tasks.Count; index <= last; index++) indexes[index] = behind++;
        return new RunMove(stored.Run.Id, stored.Run.Revision, versionId, indexes, to.Tasks.Count);
    }
}
