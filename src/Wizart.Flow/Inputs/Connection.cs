using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A client that is built from a stored connection where the body runs.</summary>
/// <typeparam name="T">The client's type, one that a provider makes: <c>HttpApi</c>, <c>Database</c>…</typeparam>
public sealed class Connection<T> : IInput<T>
{
    internal Connection(string id) => Id = id;

    /// <summary>The id the connection is stored under.</summary>
    public string Id { get; }

    InputModel IInput<T>.Describe() => new(InputKind.Connection, Id, TypeModel.Of(typeof(T)));

    T IInput<T>.Read(IInputReader reader) => reader.Connection<T>(Id);
}
