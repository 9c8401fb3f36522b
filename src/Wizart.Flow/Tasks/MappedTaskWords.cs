namespace Wizart.Flow;

/// <summary>The words that every mapped task knows, whatever its other inputs.</summary>
/// <typeparam name="TSelf">The builder's own type.</typeparam>
/// <typeparam name="TElement">What the task is mapped over.</typeparam>
public abstract class MappedTaskWords<TSelf, TElement> : TaskWords<TSelf>
    where TSelf : MappedTaskWords<TSelf, TElement>
{
    private readonly ElementSource<TElement> _element;

    private protected MappedTaskWords(TaskDraft draft, ElementSource<TElement> element)
        : base(draft) => _element = element;

    private protected ElementSource<TElement> Element => _element;

    /// <summary>Names each instance after its element, for people: lists show the name beside the number once the instance ran.</summary>
    public TSelf Named(Func<TElement, string> name)
    {
        Draft.Label = reader => name(_element.Read(reader));
        return (TSelf)this;
    }

    /// <summary>At most so many of its instances run at once; the others wait.</summary>
    /// <param name="count">One or more.</param>
    public TSelf AtMost(int count)
    {
        Draft.AtMost = count;
        return (TSelf)this;
    }
}
