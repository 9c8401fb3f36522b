using System.ComponentModel;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A task, as something that others can be ordered after.</summary>
public interface ITask
{
    /// <summary>The task being or having been declared.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    TaskDraft Draft { get; }
}

/// <summary>A task that gives no value; others may come <c>After</c> it.</summary>
public sealed class Done : ITask
{
    internal Done(TaskDraft draft) => Draft = draft;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TaskDraft Draft { get; }
}

/// <summary>A task that chose which of the tasks after it are run; others may come <c>After</c> it.</summary>
public sealed class Branch : ITask
{
    internal Branch(TaskDraft draft) => Draft = draft;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TaskDraft Draft { get; }
}

/// <summary>The output of a task, to be taken as an input by others of the same DAG.</summary>
public sealed class Output<T> : IInput<T>, ITaskInput
{
    internal Output(TaskDraft draft) => Draft = draft;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TaskDraft Draft { get; }

    InputModel IInput<T>.Describe() => new(InputKind.Output, Draft.Id, TypeModel.Of(typeof(T)));

    T IInput<T>.Read(IInputReader reader) => reader.Output<T>(Draft.Id);
}

/// <summary>An input that makes an edge: the output of a task.</summary>
internal interface ITaskInput : ITask;
