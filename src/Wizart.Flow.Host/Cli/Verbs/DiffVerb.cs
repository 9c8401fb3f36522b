using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow diff DAG V1 [V2]</c>.</summary>
internal sealed class DiffVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Argument<int> _before = new("V1") { Description = "The older version's number." };
    private readonly Argument<int?> _after = new("V2") { Description = "The newer version's number. Default: the one in force.", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    protected override Command Declare() => new("diff", "Shows what changed in a DAG's script between two of its versions.") { _dag, _before, _after };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var dagId = parsed.GetRequiredValue(_dag);
        var before = await client.VersionAsync(dagId, parsed.GetValue(_before), cancellation);
        var after = await client.VersionAsync(dagId, parsed.GetValue(_after), cancellation);
        var lines = LineDiff.Of(before.Source, after.Source);
        if (IsJson(parsed)) Write(before, after, lines);
        else if (lines.Count == 0) Terminal.Error.WriteLine($"The scripts of versions {before.Number} and {after.Number} of '{dagId}' are the same.");
        else Show(before, after, lines);
        return ExitCodes.Fine;
    }

    private void Show(VersionResource before, VersionResource after, IReadOnlyList<DiffLine> lines)
    {
        var paint = Terminal.Paint;
        Terminal.Out.WriteLine(paint.Bold($"--- {Name(before)}"));
        Terminal.Out.WriteLine(paint.Bold($"+++ {Name(after)}"));
        foreach (var (sign, text) in lines)
        {
            Terminal.Out.WriteLine(sign switch
            {
                '-' => paint.Red($"-{text}"),
                '+' => paint.Green($"+{text}"),
                '@' => paint.Cyan($"@ {text}"),
                _ => $" {text}",
            });
        }
    }

    private void Write(VersionResource before, VersionResource after, IReadOnlyList<DiffLine> lines) => Terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("before", before.Number);
        json.WriteNumber("after", after.Number);
        json.WriteStartArray("lines");
        foreach (var (sign, text) in lines) json.WriteStringValue($"{sign}{text}");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Name(VersionResource version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.File}  version {version.Number}, {Words.Time(version.CreatedAt)}");
}
