using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What a mapped task is mapped over, and how one of its instances gets its element.</summary>
/// <typeparam name="T">The element's type.</typeparam>
internal sealed class ElementSource<T>
{
    private readonly Func<IInputReader, T> _read;

    private ElementSource(InputModel list, object? source, int? count, Func<IInputReader, T> read) =>
        (List, Source, Count, _read) = (list, source, count, read);

    /// <summary>The list as data.</summary>
    public InputModel List { get; }

    /// <summary>The input that gives the list; null when the script itself holds it.</summary>
    public object? Source { get; }

    /// <summary>The task that makes the list; null when it is known before the run.</summary>
    public TaskDraft? Upstream => (Source as ITaskInput)?.Draft;

    /// <summary>How many elements there are, when the script itself says so.</summary>
    public int? Count { get; }

    public static ElementSource<T> Of(IInput<IEnumerable<T>> list) => list is ITaskInput
        ? new ElementSource<T>(list.Describe(), list, null, reader => reader.Element<T>())
        : new ElementSource<T>(list.Describe(), list, null, reader => list.Read(reader).ElementAt(reader.Context.MapIndex));

    public static ElementSource<T> Of(MappedOutput<T> each) =>
        new(((IInput<T[]>)each).Describe(), each, null, reader => reader.Element<T>());

    public static ElementSource<T> Of(IEnumerable<T> constants)
    {
        T[] elements = [.. constants];
        var list = new InputModel(InputKind.Element, "", TypeModel.Of(typeof(T[])));
        return new ElementSource<T>(list, null, elements.Length, reader => elements[reader.Context.MapIndex]);
    }

    /// <summary>The same without its type.</summary>
    public ElementList ToList() => new(List, Count, Upstream, Source as IParam);

    public T Read(IInputReader reader) => _read(reader);
}
