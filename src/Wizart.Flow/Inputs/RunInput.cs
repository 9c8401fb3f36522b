using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A fact of the run or the attempt: its interval, logical date, or context.</summary>
internal sealed class RunInput<T>(InputKind kind, Func<IInputReader, T> read) : IInput<T>
{
    public InputModel Describe() => new(kind, "", TypeModel.Of(typeof(T)));

    public T Read(IInputReader reader) => read(reader);
}
