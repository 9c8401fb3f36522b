namespace Wizart.Flow;

public sealed partial class TaskBuilder
{
    /// <summary>One instance of the task per element of a list that is known when the run comes to it: an output or a param.</summary>
    /// <param name="list">The list. An empty one skips the task.</param>
    public MappedTaskBuilder<T> ForEach<T>(IInput<IEnumerable<T>> list) => new(Draft, ElementSource<T>.Of(list));

    /// <summary>One instance per element of another mapped task: each begins as soon as that element is done, whatever the others do.</summary>
    public MappedTaskBuilder<T> ForEach<T>(MappedOutput<T> each) => new(Draft, ElementSource<T>.Of(each));

    /// <summary>One instance per element of a list that the script itself holds.</summary>
    public MappedTaskBuilder<T> ForEach<T>(IEnumerable<T> constants) => new(Draft, ElementSource<T>.Of(constants));
}
