using System.ComponentModel;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>
/// Something a body needs: an upstream task's output, a connection, a variable, a param, or a fact of the run. It stands
/// for a value that is not yet known, so that the graph is known before anything runs.
/// </summary>
/// <typeparam name="T">The type the body receives.</typeparam>
public interface IInput<out T>
{
    /// <summary>The input as data.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    InputModel Describe();

    /// <summary>The value, for one attempt.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    T Read(IInputReader reader);
}
