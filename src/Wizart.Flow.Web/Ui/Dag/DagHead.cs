using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Web.Ui.Dags;

namespace Wizart.Flow.Web.Ui.Dag;

/// <summary>What stands above all views of a DAG.</summary>
/// <param name="Dag">The DAG.</param>
/// <param name="Last">Its newest run.</param>
/// <param name="Next">Its next run.</param>
/// <param name="Errors">What is wrong with its file now; what is shown is the last good version.</param>
public sealed record DagHead(StoredDag Dag, DagRun? Last, DueSlot? Next, ImportError? Errors);

/// <summary>Makes heads of DAGs.</summary>
internal sealed class DagHeads(FlowEngine engine, IFlowQueries queries, DagLists lists)
{
    /// <summary>The head of a DAG.</summary>
    /// <exception cref="Engine.Commands.FlowCommandException">There is no such DAG.</exception>
    public async Task<DagHead> FindAsync(string dagId, CancellationToken cancellation)
    {
        var dag = engine.Commands.Find(dagId);
        var last = await queries.RunsAsync(new RunFilter(dagId, Count: 1), cancellation) is [var newest, ..] ? newest : null;
        var errors = (await queries.ImportErrorsAsync(cancellation)).FirstOrDefault(e => e.File == dag.File);
        return new DagHead(dag, last, lists.Next(dag), errors);
    }
}
