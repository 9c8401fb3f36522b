using System.Collections.Concurrent;
using System.Text;

namespace Wizart.Flow.Providers.Shell.Tests;

/// <summary>An attempt that remembers what it was told.</summary>
internal sealed class RememberingContext(CancellationToken cancellation = default) : TaskContext
{
    public ConcurrentQueue<(string Text, LogLevel Level)> Lines { get; } = new();

    /// <summary>Called with each line.</summary>
    public Action<string> OnLine { get; set; } = _ => { };

    public ConcurrentQueue<(double Share, string? Text)> Shares { get; } = new();

    public ConcurrentDictionary<string, double> Metrics { get; } = new();

    public ConcurrentDictionary<string, string> Artifacts { get; } = new();

    public override string DagId => "test";

    public override long RunId => 1;

    public override string TaskId => "shell";

    public override int MapIndex => -1;

    public override int Attempt => 1;

    public override int MaxAttempts => 1;

    public override RunKind RunKind => RunKind.Manual;

    public override DataInterval Interval => new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    public override CancellationToken Cancellation => cancellation;

    public override TimeProvider Time => TimeProvider.System;

    public override KeptState State => throw new NotSupportedException();

    public override void Log(string message, LogLevel level = LogLevel.Information)
    {
        Lines.Enqueue((message, level));
        OnLine(message);
    }

    public override void Progress(double share, string? text = null) => Shares.Enqueue((share, text));

    public override void Metric(string name, double value, params (string Key, string Value)[] tags) => Metrics[name] = value;

    public override Artifact Artifact(string name, ReadOnlySpan<byte> content)
    {
        Artifacts[name] = Encoding.UTF8.GetString(content);
        return null!;
    }

    public override Artifact ArtifactFile(string path, string? name = null) => throw new NotSupportedException();

    public override Stream Open(Artifact artifact) => throw new NotSupportedException();
}
