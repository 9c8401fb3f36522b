using System.Runtime.CompilerServices;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>
/// A group whose tasks are run once for each element of a list. Inside, each task takes what the others gave for the same
/// element; outside, <see cref="All{TOut}"/> is the list of what a task gave for all of them.
/// </summary>
/// <typeparam name="T">What it is mapped over.</typeparam>
public sealed class MappedGroup<T>
{
    private readonly TaskGroup _group;
    private readonly ElementSource<T> _source;

    internal MappedGroup(TaskGroup group, ElementSource<T> source)
    {
        (_group, _source) = (group, source);
        Element = new ElementInput<T>(source);
    }

    /// <summary>The element, as an input of the group's tasks.</summary>
    public IInput<T> Element { get; }

    /// <summary>Begins a task of the group.</summary>
    /// <param name="id">Unique in the group.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskBuilder Task(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => _group.Task(id, file, line);

    /// <summary>A group inside of this one, mapped with it.</summary>
    /// <param name="id">Unique in the group.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public TaskGroup Group(string id, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => _group.Group(id, file, line);

    /// <summary>Names each element, for people.</summary>
    public MappedGroup<T> Named(Func<T, string> name)
    {
        _group.List!.Label = reader => name(_source.Read(reader));
        return this;
    }

    /// <summary>At most so many elements of each task run at once; the others wait.</summary>
    /// <param name="count">One or more.</param>
    public MappedGroup<T> AtMost(int count)
    {
        _group.List!.AtMost = count;
        return this;
    }

    /// <summary>What a task of the group gave for all elements, for tasks outside of it: those that failed or were skipped are not in it.</summary>
    public MappedOutput<TOut> All<TOut>(Output<TOut> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Draft.Group?.IsIn(_group) != true)
        {
            output.Draft.Dag.Scope.Report(
                FlowCodes.BadGroup, $"Task '{output.Draft.Id}' is not in the mapped group '{_group.Id}', so there is one output of it and no list.",
                output.Draft.Location);
        }

        return new MappedOutput<TOut>(output.Draft);
    }

    /// <summary>The group itself, to be ordered after and before others.</summary>
    public static implicit operator TaskGroup(MappedGroup<T> mapped) => (mapped ?? throw new ArgumentNullException(nameof(mapped)))._group;
}

/// <summary>The element that an instance of a mapped group's task stands for.</summary>
internal sealed class ElementInput<T>(ElementSource<T> source) : IInput<T>
{
    public InputModel Describe() => new(InputKind.Element, source.List.Name, TypeModel.Of(typeof(T)));

    public T Read(IInputReader reader) => source.Read(reader);
}
