using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Attempts;

/// <summary>
/// Keeps what one attempt tells: collects log lines into batches, and hands what is left to be stored together with the
/// attempt's end, so that an end is never seen without its log.
/// </summary>
internal sealed class AttemptRecorder(ClaimedAttempt attempt, RunCoordinator coordinator, TimeProvider time)
{
    private const int LinesPerChunk = 500;
    private const int CharactersPerChunk = 64 * 1024;
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(250);

    private readonly StoreWrites _pending = new();
    private readonly List<LogLine> _lines = [];
    private int _characters;
    private int _nextLine = 1;
    private long _lastFlush = time.GetTimestamp();

    /// <summary>A later look of the same attempt: its log goes on after what is stored.</summary>
    public void GoOnAfter(int lines) => _nextLine = lines + 1;

    /// <summary>Hears one event.</summary>
    public void Tell(AttemptEvent happened)
    {
        switch (happened)
        {
            case AttemptEvent.Log log:
                _lines.Add(new LogLine(log.Time, log.Level, log.Source, log.Text));
                _characters += log.Text.Length;
                break;
            case AttemptEvent.Progress progress:
                _pending.Progress.Clear();
                _pending.Progress.Add(new ProgressUpdate(attempt.Key, progress.Share, progress.Text));
                break;
            case AttemptEvent.Metric metric:
                _pending.Metrics.Add(new MetricPoint(attempt.Key, attempt.Run.DagId, metric.Time, metric.Name, metric.Value, metric.Tags));
                break;
            case AttemptEvent.ArtifactKept kept:
                _pending.Artifacts.Add(new KeptArtifact(attempt.Key, time.GetUtcNow(), kept.Artifact));
                break;
        }

        if (IsFlushDue()) coordinator.Store(Take());
    }

    /// <summary>What is not stored yet.</summary>
    public StoreWrites Take()
    {
        var writes = new StoreWrites();
        if (_lines.Count > 0)
        {
            writes.Logs.Add(new LogChunk(attempt.Key, _nextLine, [.. _lines]));
            _nextLine += _lines.Count;
            _lines.Clear();
            _characters = 0;
        }

        writes.Progress.AddRange(_pending.Progress);
        writes.Metrics.AddRange(_pending.Metrics);
        writes.Artifacts.AddRange(_pending.Artifacts);
        _pending.Progress.Clear();
        _pending.Metrics.Clear();
        _pending.Artifacts.Clear();
        _lastFlush = time.GetTimestamp();
        return writes;
    }

    private bool IsFlushDue() =>
        _lines.Count >= LinesPerChunk || _characters >= CharactersPerChunk
        || (_lines.Count > 0 || !_pending.IsEmpty) && time.GetElapsedTime(_lastFlush) >= FlushAfter;
}
