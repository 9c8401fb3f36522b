using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Wizart.Flow.Connections;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>
/// One evaluation of one script: collects the DAGs it declares and what is wrong with them. Begun by whoever evaluates
/// a script; authors never see it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class ScriptScope : IDisposable
{
    private static readonly AsyncLocal<ScriptScope?> Ambient = new();
    private readonly ScriptScope? _outer;
    private readonly ConnectionTypes? _connectionTypes;
    private readonly List<Dag> _dags = [];
    private readonly List<Diagnostic> _diagnostics = [];

    private ScriptScope(ConnectionTypes? connectionTypes)
    {
        _connectionTypes = connectionTypes;
        _outer = Ambient.Value;
        Ambient.Value = this;
    }

    /// <summary>Begins an evaluation; what scripts declare on this flow of control until it is disposed belongs to it.</summary>
    /// <param name="connectionTypes">The clients that providers make; null to accept any.</param>
    public static ScriptScope Begin(ConnectionTypes? connectionTypes = null) => new(connectionTypes);

    internal static ScriptScope Current => Ambient.Value
        ?? throw new InvalidOperationException("DAGs are declared by scripts: no script is being evaluated here.");

    /// <summary>The task's code, after the script was evaluated; null when the script has no such task.</summary>
    public TaskDraft? FindTask(string dagId, string taskId)
    {
        foreach (var dag in _dags)
        {
            if (dag.Id != dagId) continue;
            foreach (var task in dag.Tasks)
                if (task.Id == taskId) return task;
        }

        return null;
    }

    /// <summary>The task's code by its place in its DAG; null when the script has no such task.</summary>
    public TaskDraft? FindTask(string dagId, int index)
    {
        foreach (var dag in _dags)
            if (dag.Id == dagId) return index < dag.Tasks.Count ? dag.Tasks[index] : null;
        return null;
    }

    /// <summary>How many tasks were declared, in all DAGs.</summary>
    public int TaskCount => _dags.Sum(d => d.Tasks.Count);

    /// <summary>All that the script declared, checked as a whole.</summary>
    public ScriptDescription Describe()
    {
        foreach (var dag in _dags) StructureRules.Check(dag);
        AssetDeclarations.Check(this, _dags);
        return new ScriptDescription([.. _dags.Select(d => d.ToModel())], [.. _diagnostics.Distinct()]);
    }

    /// <inheritdoc/>
    public void Dispose() => Ambient.Value = _outer;

    internal Dag Add(string id, SourceLocation location)
    {
        id ??= "";
        CheckId("DAG", id, location);
        if (_dags.Find(d => d.Id == id) is { } first)
        {
            Report(
                FlowCodes.DuplicateDag,
                $"A second DAG '{id}' (the first is at line {first.Location.Line}). Give each DAG an id of its own.",
                location);
        }

        var dag = new Dag(this, id, location);
        _dags.Add(dag);
        return dag;
    }

    internal void Report(string code, string message, SourceLocation? location, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        _diagnostics.Add(new Diagnostic(code, message, location, severity));

    internal void CheckId(string what, string id, SourceLocation location)
    {
        if (IdPattern().IsMatch(id)) return;
        Report(
            FlowCodes.BadId,
            $"'{id}' can't be the id of a {what}: use 1 to 200 letters, digits, '_', '-' and '.', beginning with a letter, digit or '_'.",
            location);
    }

    internal void CheckPositive(int value, string word, SourceLocation location)
    {
        if (value < 1)
            Report(FlowCodes.BadSetting, string.Create(CultureInfo.InvariantCulture, $"{word} is {value}; it must be at least 1."), location);
    }

    internal void CheckInput<T>(IInput<T> input, TaskDraft task)
    {
        if (input is TrendInput trend && trend.WhyNot() is { } why)
            Report(FlowCodes.BadTrend, $"Task '{task.Id}' takes a trend that can't be: {why}", task.Location);
        if (input is not Connection<T> connection || _connectionTypes is null || _connectionTypes.Find(typeof(T)) is not null) return;
        var known = string.Join(", ", _connectionTypes.All.Select(t => t.Client.Name).Order());
        Report(
            FlowCodes.UnknownConnectionType,
            $"Connection '{connection.Id}' of task '{task.Id}' asks for a {typeof(T).Name}, which no provider makes. Known are: {known}.",
            task.Location);
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}_][\p{L}\p{Nd}_.\-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
