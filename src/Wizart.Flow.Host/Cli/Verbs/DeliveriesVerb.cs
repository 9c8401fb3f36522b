using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow deliveries DAG RUN</c>.</summary>
internal sealed class DeliveriesVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private const int NoteLength = 80;
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();

    /// <inheritdoc/>
    protected override Command Declare() =>
        new("deliveries", "Shows what callbacks of a run told: to whom, of what, and whether it was taken.") { _dag, _run };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        var deliveries = await client.DeliveriesAsync(run.Id, cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(deliveries);
        else if (deliveries.Length == 0) Terminal.Error.WriteLine($"Nobody was to be told anything of run {run.Id}.");
        else Write(deliveries);
        return ExitCodes.Fine;
    }

    private void Write(DeliveryResource[] deliveries)
    {
        var now = Terminal.Time.GetUtcNow();
        var columns = new Columns("EVENT", "OF", "TO", "STATUS", "TRIES", "");
        foreach (var delivery in deliveries)
        {
            var note = delivery.DueAt is { } due && delivery.Tries > 0 ? $"tries again {Words.Away(due, now)}: {delivery.Error}" : delivery.Error;
            columns.Add(
                SnakeCaseEnums.Word(delivery.Event), StateLook.Escaped(Subject(delivery)), StateLook.Escaped(delivery.Notifier), Status(delivery.Status),
                delivery.Tries.ToString(CultureInfo.InvariantCulture), $"[dim]{StateLook.Escaped(Words.Line(note, NoteLength))}[/]");
        }

        columns.Write(Terminal);
    }

    private static string Subject(DeliveryResource delivery) => delivery switch
    {
        { TaskId: null } => "run",
        { MapIndex: >= 0 } => string.Create(CultureInfo.InvariantCulture, $"{delivery.TaskId}[{delivery.MapIndex}]"),
        _ => delivery.TaskId,
    };

    private static string Status(DeliveryState status) => status switch
    {
        DeliveryState.Delivered => "[green]delivered[/]",
        DeliveryState.GivenUp => "[red]given up[/]",
        _ => "[yellow]pending[/]",
    };
}
