using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Wizart.Flow.Model;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow show DAG</c>.</summary>
internal sealed class ShowVerb(CommonOptions options, Terminal terminal) : Verb(options, terminal)
{
    private readonly Argument<string> _dag = CommonOptions.Dag();
    private readonly Option<int?> _version = CommonOptions.Number(
        "--version", "As it was in this version, with the script's text. Asks the daemon.", 1, int.MaxValue);

    private readonly Option<bool> _mermaid = new("--mermaid") { Description = "A Mermaid flow chart, for Markdown." };

    /// <summary>Why the daemon paused it; null when it did not.</summary>
    private string? _paused;

    /// <inheritdoc/>
    public override Command Create()
    {
        var command = new Command("show", "Shows a DAG as a tree: its tasks, what each takes and gives. Reads the scripts here, or with --url asks a daemon.")
        {
            _dag, _mermaid, _version, Options.Url, Options.Token, Options.Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var version = await VersionAsync(parsed, cancellation);
        var model = version?.Model ?? await ModelAsync(parsed, cancellation);
        if (parsed.GetValue(_mermaid)) Terminal.Out.WriteLine(Mermaid.Of(model));
        else if (IsJson(parsed)) Terminal.Out.WriteLine(JsonSerializer.Serialize(model, ModelJson.Default.DagModel));
        else Write(model, version);
        return ExitCodes.Fine;
    }

    private async Task<VersionResource?> VersionAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_version) is not { } number) return null;
        using var client = new FlowClient(DaemonAddress.Find(parsed, Options, Terminal), Terminal.Time);
        return await client.VersionAsync(parsed.GetRequiredValue(_dag), number, cancellation);
    }

    private async Task<DagModel> ModelAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var dagId = parsed.GetRequiredValue(_dag);
        if (parsed.GetValue(Options.Url) is not null)
        {
            using var client = new FlowClient(DaemonAddress.Find(parsed, Options, Terminal), Terminal.Time);
            var dag = await client.DagAsync(dagId, cancellation);
            if (dag.PauseReason is { } reason) _paused = reason;
            return dag.Model;
        }

        await using var folder = new LocalFolder(Pipelines(parsed), State(parsed), Terminal);
        return (await folder.FindAsync(dagId, cancellation)).Dag;
    }

    private void Write(DagModel model, VersionResource? version)
    {
        var paint = Terminal.Paint;
        Terminal.Out.WriteLine($"{paint.Bold(model.Id)}{(model.Description is { } words ? $"  {words}" : "")}");
        if (version is not null) Fact("version", $"{version.Number}, {Words.Time(version.CreatedAt)}, {version.File}");
        Fact("schedule", model.Schedule?.Text ?? "by hand");
        if (_paused is { } reason) Fact("paused", reason);
        if (model.Overlap != Overlap.Queue) Fact("overlap", model.Overlap == Overlap.Skip ? "a due run is skipped" : "a due run cancels the running one");
        if (model.PauseAfter is { } failures) Fact("pauses", failures == 1 ? "after 1 failed run" : $"after {failures} failed runs in a row");
        if (model.StartingOn is { } start) Fact("from", Words.Time(start));
        if (model.EndingOn is { } end) Fact("until", Words.Time(end));
        if (model.Tags.Count > 0) Fact("tags", string.Join(", ", model.Tags));
        if (model.Owner is { } owner) Fact("owner", owner);
        foreach (var param in model.Params) Fact("param", $"{param.Name}: {param.Type}{(param.Default is { } value ? $" = {value.GetRawText()}" : "")}");
        Terminal.Out.WriteLine();

        var forest = new TaskForest(model);
        foreach (var root in forest.Roots)
        {
            var tree = new Tree(Label(model, forest, root)).Style("dim").Guide(TreeGuide.Line);
            foreach (var task in forest.Under(root)) Add(tree, model, forest, task);
            Terminal.Console.Write(tree);
        }

        if (version is null) return;
        Terminal.Out.WriteLine();
        Terminal.Out.WriteLine(version.Source.TrimEnd());
    }

    private static void Add(IHasTreeNodes parent, DagModel model, TaskForest forest, TaskModel task)
    {
        var node = parent.AddNode(Label(model, forest, task));
        foreach (var next in forest.Under(task)) Add(node, model, forest, next);
    }

    private static string Label(DagModel model, TaskForest forest, TaskModel task)
    {
        var label = $"[bold]{StateLook.Escaped(task.Id)}[/]{(task.Output is { } output ? $": [blue]{StateLook.Escaped(output.Name)}[/]" : "")}";
        string[] facts = [.. Facts(model, forest, task)];
        return facts.Length == 0 ? label : $"{label} [dim]· {StateLook.Escaped(string.Join(" · ", facts))}[/]";
    }

    private static IEnumerable<string> Facts(DagModel model, TaskForest forest, TaskModel task)
    {
        string[] others = [.. forest.Others(task).Select(o => model.Tasks[o].Id)];
        string[] takes = [.. task.Inputs.Where(i => i.Kind is InputKind.Connection or InputKind.Variable or InputKind.Param or InputKind.Asset).Select(i => i.Name)];
        if (task.ForEach is { } list) yield return list.Name.Length > 0 ? $"each of {list.Name}" : $"{task.ElementCount} elements";
        if (task.Wait is { } wait) yield return Waits(wait);
        if (task.TeardownOf is { } setup) yield return $"teardown of {model.Tasks[setup].Id}";
        if (others.Length > 0) yield return $"also after {string.Join(", ", others)}";
        if (takes.Length > 0) yield return $"takes {string.Join(", ", takes)}";
        if (task.Into.Count > 0) yield return $"updates {string.Join(", ", task.Into)}";
        if (task.Condition is { } condition) yield return $"only if {Words.Line(condition, 60)}";
        if (task.TriggerRule != TriggerRule.AllSuccess) yield return $"when {task.TriggerRule}";
        if (task.Retry.Count > 0) yield return task.Retry.Count == 1 ? "1 retry" : $"{task.Retry.Count} retries";
        if (task.Pool is { } pool) yield return task.PoolSlots == 1 ? $"pool {pool}" : $"{task.PoolSlots} slots of pool {pool}";
        if (task.Queue is { } queue) yield return $"queue {queue}";
        if (task.MaxActive is { } most) yield return $"at most {most} active";
        if (task.DependsOnPast) yield return "depends on its past";
        if (task.Timeout is { } timeout) yield return $"timeout {Words.Span(timeout)}";
    }

    private static string Waits(WaitModel wait) => wait.Kind switch
    {
        WaitKind.Condition => $"looks every {Words.Span(wait.Every)}",
        WaitKind.DagRun => $"waits for {(wait.TaskId is null ? "" : $"{wait.TaskId} of ")}{wait.DagId}",
        WaitKind.Triggered => wait.UntilEnd ? $"runs {wait.DagId}" : $"starts {wait.DagId}",
        WaitKind.Asset => $"waits for {wait.Asset}",
        _ => "asks a person",
    };

    private void Fact(string name, string value) => Terminal.Out.WriteLine($"  {Terminal.Paint.Dim(name.PadRight(9))} {value}");
}
