using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Approvals;

/// <summary>The tasks that wait for a person, the longest waiting first.</summary>
/// <param name="DagId">Of this DAG only; empty for all.</param>
/// <param name="Rows">One for each.</param>
/// <param name="Dags">The DAGs of which any task waits.</param>
public sealed record ApprovalsModel(string DagId, IReadOnlyList<ApprovalRow> Rows, IReadOnlyList<string> Dags);

/// <summary>A task that waits for a person.</summary>
public sealed record ApprovalRow(WaitingInstance Waiting, TaskModel Task);

/// <summary>What a person is asked, and what stands in the form.</summary>
/// <param name="Run">The run.</param>
/// <param name="Task">The task that asks.</param>
/// <param name="Instance">Its instance.</param>
/// <param name="Comment">What stands in the field of the comment.</param>
/// <param name="Filled">What stands in the fields of the form.</param>
public sealed record ApprovalModel(DagRun Run, TaskModel Task, TaskInstance Instance, string Comment, FormValues Filled)
{
    /// <summary>The question.</summary>
    public string Title => Form?.Title ?? $"May {Task.Id} go on?";

    /// <summary>What the script asks; null when it only wants a yes or a no.</summary>
    public FormModel? Form => Instance.Wait?.Form;

    /// <summary>The page of the form.</summary>
    public string Path => ApprovalPages.Path(Run.Id, Task.Id, Instance.MapIndex);
}
