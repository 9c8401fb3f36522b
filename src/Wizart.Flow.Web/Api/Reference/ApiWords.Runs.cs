using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using static Wizart.Flow.Web.QueryWord;

namespace Wizart.Flow.Web;

internal static partial class ApiWords
{
    private static QueryWord[] RunFilterWords =>
    [
        Word<RunState>("state", "In these states; several times, or with commas between them.", many: true),
        Word<RunKind>("kind", "Of these kinds.", many: true),
        Time("from", "With a logical date not before this."), Time("to", "With a logical date before this."),
        Time("startedSince", "That started not before this."), Of("createdBy", "That this one asked for."),
        Word<RunOrder>("order", "In which order; newest first by default."), Number("before", "With an id smaller than this."),
    ];

    private static IEnumerable<EndpointWords> Runs =>
    [
        Send<TriggerRequest, RunResource>("POST", "/dags/{dagId}/runs", "TriggerDag", "Starts a run.", 201).Once() with { IsBodyOptional = true },
        Get<RunResource[]>("/dags/{dagId}/runs", "ListRunsOfDag", "The runs of a DAG.").With(RunFilterWords).Paged("50"),
        Get<RunResource[]>("/runs", "ListRuns", "Runs of all DAGs.").With(Of("dag", "Of these DAGs.") with { Many = true }).With(RunFilterWords).Paged("50"),
        Get<RunResource>("/runs/{runId}", "GetRun", "One run."),
        Get<RunResource>("/runs/{runId}/wait", "WaitForRun", "The run when it has ended, or as it is when the time is over. With Accept: text/event-stream, events until it has ended.")
            .With(Number("timeout", "Seconds, at most 60; 30 by default. Not for events.")) with
        {
            Or = (200, typeof(string), "text/event-stream"),
        },
        Do<RunResource>("/runs/{runId}/cancel", "CancelRun", "Cancels a run.", 202),
        Get<WhyResource[]>("/runs/{runId}/why", "ExplainRun", "Why what has not begun has not."),
        Get<DeliveryResource[]>("/runs/{runId}/deliveries", "ListDeliveries", "What its callbacks told, or are to tell, oldest first.").Paged(),
        Get<NoteResource[]>("/runs/{runId}/notes", "ListNotes", "The notes on a run and its tasks.").Paged(),
        Get<ArtifactResource[]>("/runs/{runId}/artifacts", "ListArtifacts", "The files that a run kept.").Paged(),
        Get<string>("/artifacts/{hash}", "DownloadArtifact", "The content of a kept file; always a download.")
            .With(Of("name", "The file name that is suggested.")) with { MediaType = "application/octet-stream" },
        Send<ReworkBody, ReworkResource>("POST", "/dags/{dagId}/runs/{runId}/clear", "ClearRun", "Lets tasks of a run begin anew."),
        Send<ReworkBody, ReworkResource>("POST", "/dags/{dagId}/clear", "ClearRuns", "Lets tasks of the runs of a range begin anew."),
        Send<ReworkBody, ReworkResource>("POST", "/dags/{dagId}/runs/{runId}/mark", "MarkRun", "Says what became of tasks of a run, or of the run."),
        Send<ReworkBody, ReworkResource>("POST", "/dags/{dagId}/mark", "MarkRuns", "Says what became of tasks of the runs of a range."),
        Send<NoteBody, NoteResource>("PATCH", "/dags/{dagId}/runs/{runId}/note", "WriteNote", "Writes a note on a run or a task; an empty text removes it."),
    ];

    private static IEnumerable<EndpointWords> Tasks =>
    [
        Get<TaskResource[]>("/runs/{runId}/tasks", "ListTasks", "All tasks of a run, and the first elements of mapped ones.")
            .With(Number("elements", "How many elements of each mapped task, up to 10,000; 100 by default.")),
        Get<TaskDetailResource>("/runs/{runId}/tasks/{taskId}", "GetTask", "One task instance with its inputs and attempts. Secrets are not shown.").With(Element),
        Get<TaskResource[]>("/runs/{runId}/tasks/{taskId}/elements", "ListElements", "The elements of a mapped task, in their order.")
            .With(Word<TaskState>("state", "In these states.", many: true), Number("after", "With an index larger than this.")).Paged("100"),
        Get<AttemptResource[]>("/runs/{runId}/tasks/{taskId}/attempts", "ListAttempts", "Its attempts that are over, oldest first.").With(Element).Paged(),
        Get<LogLineResource>(
            "/runs/{runId}/tasks/{taskId}/logs", "ReadLog",
            "The log of an attempt, one JSON object a line; with follow, events until the attempt has ended. The header Log-Lines says how many lines are stored.")
            .With(
                Element, Number("attempt", "Which attempt; the newest by default."), Number("from", "The first line, from one."),
                Number("count", "At most so many lines; all by default."), Word<LogLevel>("level", "Lines at least this grave."),
                Of("contains", "Lines with this text, in any case."), Flag("follow", "Events as the log grows: each line with its number as id, then 'end'.")) with
        {
            MediaType = "application/x-ndjson",
            Or = (200, typeof(string), "text/event-stream"),
        },
        Get<object>("/runs/{runId}/tasks/{taskId}/output", "GetOutput", "Its output, the value itself.").With(Element),
        Get<ApprovalResource[]>("/approvals", "ListApprovals", "Tasks that wait for a person.").With(Of("dag", "Of this DAG only.")).Paged("100"),
        new("POST", "/runs/{runId}/tasks/{taskId}/approval", "Decide", "Answers a task that asks.") { Takes = typeof(DecideRequest), Status = 204 },
    ];

    private static IEnumerable<EndpointWords> Backfills =>
    [
        Send<CreateBackfillRequest, BackfillResource>("POST", "/dags/{dagId}/backfills", "BeginBackfill", "Begins a backfill; with dryRun, 200 with what it would do.", 201).Once() with
        {
            Or = (200, typeof(BackfillResource), "application/json"),
        },
        Get<BackfillResource[]>("/dags/{dagId}/backfills", "ListBackfillsOfDag", "The backfills of a DAG, newest first.").With(BackfillWords).Paged("50"),
        Get<BackfillResource[]>("/backfills", "ListBackfills", "Backfills of all DAGs, newest first.").With(BackfillWords).Paged("50"),
        Get<BackfillResource>("/backfills/{id}", "GetBackfill", "One backfill and how far it is."),
        Do<BackfillResource>("/backfills/{id}/pause", "PauseBackfill", "Pauses a backfill: running runs go on."),
        Do<BackfillResource>("/backfills/{id}/unpause", "UnpauseBackfill", "Lets it go on."),
        Do<BackfillResource>("/backfills/{id}/cancel", "CancelBackfill", "Cancels it, with its runs.", 202),
    ];

    private static QueryWord[] BackfillWords => [Flag("unfinished", "Only those that are not over."), Number("before", "With an id smaller than this.")];
}
