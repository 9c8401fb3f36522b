using System.ComponentModel;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>
/// The outputs of a mapped task. Taken with <c>From</c> it is the list of all that its elements gave, in the order of the
/// elements (those that failed or were skipped are not in it); with <c>ForEach</c> another task follows element by element.
/// </summary>
/// <typeparam name="T">What one element gives.</typeparam>
public sealed class MappedOutput<T> : IInput<T[]>, ITaskInput
{
    internal MappedOutput(TaskDraft draft) => Draft = draft;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TaskDraft Draft { get; }

    InputModel IInput<T[]>.Describe() => new(InputKind.MappedOutput, Draft.Id, TypeModel.Of(typeof(T[])));

    T[] IInput<T[]>.Read(IInputReader reader) => reader.MappedOutput<T>(Draft.Id);
}
