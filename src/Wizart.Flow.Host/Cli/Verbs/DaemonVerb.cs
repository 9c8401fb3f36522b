using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>A verb that talks to the daemon.</summary>
internal abstract class DaemonVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    /// <inheritdoc/>
    public sealed override Command Create()
    {
        var command = Declare();
        command.Add(Options.Url);
        command.Add(Options.Token);
        command.Add(Options.Output);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new FlowClient(DaemonAddress.Find(parsed, Options, Terminal), Terminal.Time);
            return await RunAsync(parsed, client, cancellation);
        });
        return command;
    }

    /// <summary>Its name, words, arguments and own options.</summary>
    protected abstract Command Declare();

    /// <summary>Does it.</summary>
    /// <returns>What the program ends with.</returns>
    protected abstract Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation);

    /// <summary>The run that an argument means: a number, or <c>latest</c>.</summary>
    /// <exception cref="CliException">There is none.</exception>
    protected static async Task<RunResource> FindRunAsync(FlowClient client, string dagId, string run, CancellationToken cancellation)
    {
        if (run.Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return (await client.RunsAsync(dagId, null, null, 1, cancellation)).FirstOrDefault()
                ?? throw new CliException($"DAG '{dagId}' has no runs yet. Start one with 'flow trigger {dagId}'.");
        }

        CheckRun(run);
        var found = await client.RunAsync(run, cancellation);
        return found.DagId == dagId ? found : throw new CliException($"Run {run} is one of DAG '{found.DagId}', not of '{dagId}'.");
    }

    /// <summary>Refuses what is no number of a run.</summary>
    protected static void CheckRun(string run)
    {
        if (!long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw CliException.Usage($"'{run}' for RUN is not the number of a run. 'flow runs DAG' lists them.");
    }
}
