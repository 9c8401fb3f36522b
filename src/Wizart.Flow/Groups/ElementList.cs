using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>What a group is mapped over.</summary>
/// <param name="Model">The list as data.</param>
/// <param name="Count">How many elements there are, when the script itself says so.</param>
/// <param name="Upstream">The task that makes the list; null when it is known before the run.</param>
/// <param name="Param">The param that is the list; null when it is none.</param>
internal sealed record ElementList(InputModel Model, int? Count, TaskDraft? Upstream, IParam? Param)
{
    /// <summary>Names an element; null when its number is its name.</summary>
    public Func<IInputReader, string>? Label { get; set; }

    /// <summary>How many instances of each task run at once; null for no limit of its own.</summary>
    public int? AtMost { get; set; }
}
