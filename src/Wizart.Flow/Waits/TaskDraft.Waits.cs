using System.Text.Json;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

public sealed partial class TaskDraft
{
    /// <summary>What it waits for; null for a task that does something itself.</summary>
    public WaitModel? Wait { get; private set; }

    internal Done EndCondition(TaskBody body, TimeSpan? every, TimeSpan? timeout, OnTimeout onTimeout) =>
        EndSensor(body, Sensor(WaitKind.Condition, every, timeout, onTimeout) with { HasBody = true });

    internal Done EndWaitFor(DagName dag, string? task, TimeSpan? every, TimeSpan? timeout, OnTimeout onTimeout) =>
        EndSensor(Nothing, Sensor(WaitKind.DagRun, every, timeout, onTimeout) with { DagId = dag.Id, TaskId = task });

    internal Done EndWaitFor(NamedAsset asset, TimeSpan? every, TimeSpan? timeout, OnTimeout onTimeout)
    {
        Dag.Name(asset);
        return EndSensor(Nothing, Sensor(WaitKind.Asset, every, timeout, onTimeout) with { Asset = asset.Uri });
    }

    internal Output<TriggeredRun> EndTrigger(
        TaskBody? body, DagName dag, object? @params, bool wait, TimeSpan? timeout, bool sameInterval)
    {
        OutputType = typeof(TriggeredRun);
        Wait = new WaitModel
        {
            Kind = WaitKind.Triggered,
            Timeout = timeout,
            DagId = dag.Id,
            UntilEnd = wait,
            SameInterval = sameInterval,
            Params = body is null ? Named(@params) : null,
            HasBody = body is not null,
        };
        Finish(TaskKind.TriggerDag, body ?? Nothing);
        return new Output<TriggeredRun>(this);
    }

    internal MappedOutput<TriggeredRun> EndTriggerMapped(
        TaskBody? body, DagName dag, object? @params, bool wait, TimeSpan? timeout, bool sameInterval)
    {
        EndTrigger(body, dag, @params, wait, timeout, sameInterval);
        return new MappedOutput<TriggeredRun>(this);
    }

    internal Output<Decision> EndApprove(TaskBody? body, Form? form, TimeSpan? timeout, OnTimeout onTimeout)
    {
        OutputType = typeof(Decision);
        Wait = new WaitModel
        {
            Kind = WaitKind.Approval,
            Timeout = timeout,
            OnTimeout = onTimeout,
            Form = form?.ToModel(),
            HasBody = body is not null,
        };
        Finish(TaskKind.Approval, body ?? Nothing);
        return new Output<Decision>(this);
    }

    internal MappedOutput<Decision> EndApproveMapped(TaskBody? body, Form? form, TimeSpan? timeout, OnTimeout onTimeout)
    {
        EndApprove(body, form, timeout, onTimeout);
        return new MappedOutput<Decision>(this);
    }

    private Done EndSensor(TaskBody body, WaitModel wait)
    {
        Wait = wait;
        Finish(TaskKind.Sensor, body);
        return new Done(this);
    }

    private static WaitModel Sensor(WaitKind kind, TimeSpan? every, TimeSpan? timeout, OnTimeout onTimeout) => new()
    {
        Kind = kind,
        Every = every ?? WaitModel.DefaultEvery,
        Timeout = timeout ?? WaitModel.DefaultTimeout,
        OnTimeout = onTimeout,
    };

    private Dictionary<string, JsonElement>? Named(object? @params)
    {
        if (@params is null) return null;
        var json = JsonSerializer.SerializeToElement(@params, ValueJson.Options);
        if (json.ValueKind == JsonValueKind.Object) return json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        Dag.Scope.Report(FlowCodes.BadSetting, $"The params of task '{Id}' are no object. Write new {{ name = value }}.", Location);
        return null;
    }

    /// <summary>The engine does it; a process is only needed to look at an <c>OnlyIf</c>.</summary>
    private static ValueTask<object?> Nothing(Execution.IInputReader reader) => default;
}
