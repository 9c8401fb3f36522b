using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>A stored, typed value, read when the attempt starts.</summary>
public sealed class Variable<T> : IInput<T>
{
    private readonly T _default;

    internal Variable(string name, T @default) => (Name, _default) = (name, @default);

    /// <summary>The name it is stored under.</summary>
    public string Name { get; }

    InputModel IInput<T>.Describe() =>
        new(InputKind.Variable, Name, TypeModel.Of(typeof(T)), StoredDefault.Of(_default));

    T IInput<T>.Read(IInputReader reader) => reader.Variable(Name, _default);
}
