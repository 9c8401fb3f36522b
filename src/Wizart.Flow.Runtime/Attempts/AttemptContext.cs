using System.Globalization;
using Wizart.Flow.Execution;
using Wizart.Flow.Metrics;
using Wizart.Flow.Runtime.Artifacts;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>An attempt as its body sees it: what it says becomes events.</summary>
internal sealed class AttemptContext : TaskContext
{
    private readonly AttemptOrder _order;
    private readonly AttemptEvents _events;
    private readonly SecretMask _mask;
    private readonly AttemptState _state;

    public AttemptContext(AttemptOrder order, AttemptEvents events, TimeProvider time, CancellationToken cancellation)
    {
        _order = order;
        _events = events;
        _mask = order.Connections.Count == 0 ? SecretMask.None : SecretMask.Of(order.Connections.Values);
        _state = new AttemptState(order.State);
        Output = new AttemptLog(events, _mask, time, order.LogLimitBytes);
        Time = time;
        Cancellation = cancellation;
    }

    public AttemptLog Output { get; }

    public SecretMask Mask => _mask;

    public IReadOnlyDictionary<string, JsonPayload>? ChangedState => _state.Changed;

    /// <summary>What the instance is called, after its element.</summary>
    public string? Label { get; set; }

    public override string DagId => _order.DagId;

    public override long RunId => _order.RunId;

    public override string TaskId => _order.TaskId;

    public override int MapIndex => _order.MapIndex;

    public override int Attempt => _order.Attempt;

    public override int MaxAttempts => _order.MaxAttempts;

    public override RunKind RunKind => _order.RunKind;

    public override DataInterval Interval => new(_order.IntervalStart, _order.IntervalEnd);

    public override CancellationToken Cancellation { get; }

    public override TimeProvider Time { get; }

    public override KeptState State => _state;

    /// <summary>Makes it the current one of this flow of control.</summary>
    public void Enter() => Current = this;

    public override void Log(string message, LogLevel level = LogLevel.Information) => Log(message, level, LogSource.Task);

    public void Log(string message, LogLevel level, LogSource source) => Output.Write(level, source, message ?? "");

    public override void Progress(double share, string? text = null) =>
        _events.Tell(new AttemptEvent.Progress(double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1), text is null ? null : _mask.Hide(text)));

    public override void Metric(string name, double value, params (string Key, string Value)[] tags)
    {
        tags ??= [];
        if (MetricRules.WhyNotName(name) is { } wrongName) throw new ArgumentException(wrongName, nameof(name));
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                nameof(value),
                $"Metric '{name}' is {value.ToString(CultureInfo.InvariantCulture)}, which no series can hold. Was there nothing to measure, or was something divided by zero? Tell a metric only when there is a number.");
        }

        if (MetricRules.WhyNotTags(tags) is { } wrongTags) throw new ArgumentException($"Metric '{name}': {wrongTags}", nameof(tags));
        var named = new Dictionary<string, string>(tags.Length);
        foreach (var (key, text) in tags) named[key] = text;
        _events.Tell(new AttemptEvent.Metric(Time.GetUtcNow(), name, value, named));
    }

    public override Artifact Artifact(string name, ReadOnlySpan<byte> content) => Kept(Store().Put(name, content));

    public override Artifact ArtifactFile(string path, string? name = null)
    {
        using var content = File.OpenRead(path);
        return Kept(Store().Put(name ?? Path.GetFileName(path), content));
    }

    public override Stream Open(Artifact artifact) => Store().Open(artifact);

    private LocalArtifactStore Store() => _order.ArtifactRoot.Length > 0
        ? new LocalArtifactStore(_order.ArtifactRoot)
        : throw new InvalidOperationException("This attempt was ordered without an artifact store, so it can't keep or open artifacts.");

    private Artifact Kept(Artifact artifact)
    {
        _events.Tell(new AttemptEvent.ArtifactKept(artifact));
        return artifact;
    }
}
