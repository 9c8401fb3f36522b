using System.CommandLine;
using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow versions DAG</c>.</summary>
internal sealed class VersionsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<int> _count = new("--count", "-n") { Description = "How many, the newest first.", DefaultValueFactory = _ => 20, HelpName = "N" };

    /// <inheritdoc/>
    protected override Command Declare() => new("versions", "Lists the versions of a DAG, newest first. 'flow diff' shows what changed between two.") { _dag, _count };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var versions = await client.VersionsAsync(parsed.GetRequiredValue(_dag), parsed.GetValue(_count), cancellation);
        if (IsJson(parsed))
        {
            Terminal.WriteJson(versions);
            return ExitCodes.Fine;
        }

        var columns = new Columns("VERSION", "PUBLISHED", "SCRIPT", "CODE", "");
        foreach (var version in versions)
        {
            columns.Add(
                version.Number.ToString(CultureInfo.InvariantCulture), Words.Time(version.CreatedAt), StateLook.Escaped(version.File),
                StateLook.Escaped(version.CodeHash.Length > 12 ? version.CodeHash[..12] : version.CodeHash), version.Active ? "[green]in force[/]" : "");
        }

        columns.Write(Terminal);
        return ExitCodes.Fine;
    }
}
