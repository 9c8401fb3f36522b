using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Host.Daemon;
using Wizart.Flow.Storage;

namespace Wizart.Flow.Benchmarks.Nodes;

/// <summary>A node put together as the daemon does it, in this process; its workers are processes as always.</summary>
internal sealed class BenchmarkNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<(DagRun Run, long At)>> _ended = new();
    private readonly ILoggerFactory _logs = LoggerFactory.Create(logging => logging
        .SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Warning)
        .AddSimpleConsole(console => console.SingleLine = true));

    private FlowNode _node = null!;

    private BenchmarkNode()
    {
    }

    public FlowEngine Engine => _node.Engine;

    public IFlowStore Store => _node.Stores.Store;

    public string Pipelines => Path.Combine(_folder.Path, "pipelines");

    /// <summary>Starts one over the scripts; all of them must be right.</summary>
    public static async Task<BenchmarkNode> StartAsync(StorageOptions? database, params (string File, string Text)[] scripts)
    {
        var node = new BenchmarkNode();
        try
        {
            await node.OpenAsync(database, scripts);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Triggers a run and waits for its end.</summary>
    public async Task<EndedRun> RunAsync(string dagId)
    {
        var start = Stopwatch.GetTimestamp();
        var triggered = await Engine.Commands.TriggerAsync(dagId, new Dictionary<string, JsonElement>(), null, "benchmark");
        var (run, at) = await EndOf(triggered.Id).Task;
        _ended.TryRemove(run.Id, out _);
        if (run.State != RunState.Success) throw new InvalidOperationException($"Run {run.Id} of '{dagId}' is {run.State}: {run.Reason}");
        return new EndedRun(run.Id, Stopwatch.GetElapsedTime(start, at), at);
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.StopAsync();
            await _node.DisposeAsync();
        }

        _logs.Dispose();
        _folder.Dispose();
    }

    private async Task OpenAsync(StorageOptions? database, (string File, string Text)[] scripts)
    {
        foreach (var (file, text) in scripts) _folder.Write(Path.Combine("pipelines", file), text);
        var options = new DaemonOptions
        {
            Pipelines = Pipelines,
            State = Path.Combine(_folder.Path, "state"),
            Database = database ?? new StorageOptions(),
            StopGrace = TimeSpan.FromSeconds(1),
        };
        _node = await FlowNode.CreateAsync(options, TimeProvider.System, _logs, CancellationToken.None);
        Engine.Coordinator.RunEnded += run =>
        {
            if (run.CreatedBy == "benchmark") EndOf(run.Id).TrySetResult((run, Stopwatch.GetTimestamp()));
        };
        await _node.StartAsync("http://127.0.0.1", CancellationToken.None);
        var errors = await _node.Stores.Queries.ImportErrorsAsync(CancellationToken.None);
        if (errors.Count > 0) throw new InvalidOperationException(string.Join("; ", errors.SelectMany(e => e.Diagnostics)));
    }

    private TaskCompletionSource<(DagRun Run, long At)> EndOf(long runId) =>
        _ended.GetOrAdd(runId, _ => new TaskCompletionSource<(DagRun, long)>(TaskCreationOptions.RunContinuationsAsynchronously));
}
