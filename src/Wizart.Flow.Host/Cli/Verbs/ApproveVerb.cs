using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow approve DAG RUN TASK</c> and <c>flow refuse DAG RUN TASK</c>.</summary>
internal sealed class ApproveVerb(CommonOptions options, Terminal terminal, bool approves) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Argument<string> _task = new("TASK") { Description = "The task that asks." };
    private readonly Option<int> _element = new("--map-index") { Description = "The element of a mapped task.", HelpName = "N", DefaultValueFactory = _ => -1 };
    private readonly Option<string?> _comment = new("--comment", "-m") { Description = "What is said to it.", HelpName = "TEXT" };
    private readonly Option<string[]> _values = new("--value") { Description = "A value of the form, as JSON or plain text. May be given several times.", HelpName = "NAME=VALUE" };

    /// <inheritdoc/>
    protected override Command Declare()
    {
        var command = approves
            ? new Command("approve", "Approves what a task asks for: it succeeds, and its run goes on.")
            : new Command("refuse", "Refuses what a task asks for: it is skipped, and what waits for its success with it.");
        command.Add(_dag);
        command.Add(_run);
        command.Add(_task);
        command.Add(_element);
        command.Add(_comment);
        if (approves) command.Add(_values);
        return command;
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var run = await FindRunAsync(client, parsed.GetRequiredValue(_dag), parsed.GetRequiredValue(_run), cancellation);
        var task = parsed.GetRequiredValue(_task);
        var values = approves ? Values(parsed.GetValue(_values) ?? []) : null;
        await client.DecideAsync(run.Id, task, new DecideRequest(approves, parsed.GetValue(_comment), values, parsed.GetValue(_element)), cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(await client.RunAsync(run.Id.ToString(CultureInfo.InvariantCulture), cancellation));
        else Terminal.Out.WriteLine($"Task '{task}' of run {run.Id} is {(approves ? "approved" : "refused")}.");
        return ExitCodes.Fine;
    }

    private static Dictionary<string, JsonPayload> Values(string[] given)
    {
        var values = new Dictionary<string, JsonPayload>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw CliException.Usage($"'{text}' for --value is not NAME=VALUE.");
            values[text[..equals]] = Json(text[(equals + 1)..]);
        }

        return values;
    }

    // What is no JSON is meant as a text: nobody writes quotes inside of quotes in a shell.
    private static JsonPayload Json(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonPayload.Parse(text);
        }
        catch (JsonException)
        {
            return JsonPayload.Parse(JsonSerializer.Serialize(text));
        }
    }
}
