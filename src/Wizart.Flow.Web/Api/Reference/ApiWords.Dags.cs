using static Wizart.Flow.Web.QueryWord;

namespace Wizart.Flow.Web;

internal static partial class ApiWords
{
    private static IEnumerable<EndpointWords> Dags =>
    [
        Get<DagItem[]>("/dags", "ListDags", "All DAGs by id, with next run, last run and errors.")
            .With(Flag("inactive", "Also those that no script declares any more.")).Paged(),
        Get<DagResource>("/dags/{dagId}", "GetDag", "One DAG with its model: tasks, edges, params, schedule."),
        Get<DueResource[]>("/dags/{dagId}/next", "ListNextOfDag", "The next runs that its schedule asks for.")
            .With(Number("count", "How many; 10 by default."), Time("after", "Those due after this time; now by default.")),
        Get<NextResource[]>("/next", "ListNext", "The next runs of all DAGs that are not paused, the earliest first.")
            .With(Number("count", "How many; 10 by default."), Time("after", "Those due after this time; now by default.")),
        Get<VersionItem[]>("/dags/{dagId}/versions", "ListVersions", "The versions of a DAG, newest first.").Paged("50"),
        Get<VersionResource>("/dags/{dagId}/versions/{number}", "GetVersion", "A version with its model and the script's text; 'active' is the one in force."),
        Get<VersionDiffResource>("/dags/{dagId}/diff", "DiffVersions", "What changed in the script between two versions.")
            .With(Number("from", "The older version; by default the one before the newer."), Number("to", "The newer version; by default the one in force.")),
        Do<DagResource>("/dags/{dagId}/pause", "PauseDag", "Pauses a DAG: running runs go on, queued ones and the schedule wait."),
        Do<DagResource>("/dags/{dagId}/unpause", "UnpauseDag", "Lets a paused DAG go on."),
        Get<SimulationResource>("/simulations", "SimulateNextDays", "Which runs the next days would bring, with the DAGs as they are now.")
            .With(Number("days", "How many days, up to 366; 7 by default."), Of("dag", "These DAGs only.") with { Many = true }),
        Send<SimulationBody, SimulationResource>("POST", "/simulate", "Simulate", "Replays the scheduler on a fake clock, without running bodies.") with { IsBodyOptional = true },
    ];
}

/// <summary>What is simulated.</summary>
/// <param name="From">When the clock begins (ISO 8601); now by default.</param>
/// <param name="To">When it ends, itself not included; a week later by default, at most 366 days.</param>
/// <param name="Dags">These DAGs only; all by default.</param>
/// <param name="Fresh">Begins with an empty database: what came due before is missed, and caught up where the DAG says so.</param>
/// <param name="Downtimes">When the daemon is stopped.</param>
/// <param name="Pauses">When which DAG is paused.</param>
public sealed record SimulationBody(
    string? From = null, string? To = null, IReadOnlyList<string>? Dags = null, bool? Fresh = null, IReadOnlyList<SpanBody>? Downtimes = null,
    IReadOnlyList<SpanBody>? Pauses = null);

/// <summary>A span of time.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Dag">Of a pause: the DAG.</param>
public sealed record SpanBody(string From, string To, string? Dag = null);
