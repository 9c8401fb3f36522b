using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Artifacts;
using Wizart.Flow.Values;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>The inputs of one attempt: JSON from its order made into what the body takes, and clients built from settings.</summary>
internal sealed class AttemptInputs(AttemptOrder order, AttemptContext context, ConnectionTypes connectionTypes)
    : IInputReader, IAssetValues, IAsyncDisposable
{
    private Dictionary<(string Id, Type Type), object>? _clients;

    public TaskContext Context => context;

    public T Output<T>(string taskId)
    {
        if (!order.Outputs.TryGetValue(taskId, out var value))
        {
            context.Log($"Task '{taskId}' gave no output in this run; its place is taken by {Nothing<T>()}.", LogLevel.Warning, LogSource.System);
            return default!;
        }

        return Read<T>(value, $"The output of task '{taskId}'");
    }

    public T[] MappedOutput<T>(string taskId) =>
        order.MappedOutputs.TryGetValue(taskId, out var values)
            ? [.. values.Select(value => Read<T>(value, $"An output of mapped task '{taskId}'"))]
            : [];

    public T Element<T>() => Read<T>(
        order.Element ?? throw new InputException($"Instance {order.MapIndex} of task '{order.TaskId}' was ordered without its element."),
        $"Element {order.MapIndex} of task '{order.TaskId}'");

    public T Variable<T>(string name, T @default) =>
        order.Variables.TryGetValue(name, out var json) ? InputValues.Read<T>($"Variable '{name}'", json) : @default;

    public T Param<T>(string name, T @default) =>
        order.Params.TryGetValue(name, out var json) ? InputValues.Read<T>($"Param '{name}'", json) : @default;

    public AssetUpdate<T> Asset<T>(string uri)
    {
        if (!order.Assets.TryGetValue(uri, out var latest)) throw new InputException($"Task '{order.TaskId}' was ordered without asset '{uri}'.");
        return latest.Update(((IAssetValues)this).Read<T>(latest));
    }

    public AssetEvents AssetEvents(string uri) =>
        new(uri.Length == 0 ? order.AssetEvents : [.. order.AssetEvents.Where(e => e.Uri == uri)], this);

    public Trend Trend(TrendModel trend) => new(trend.Name, order.Trends.GetValueOrDefault(trend.Key, []));

    T IAssetValues.Read<T>(AssetRecord update) => update.Value is { } value
        ? Read<T>(value, $"The value of asset '{update.Uri}' of {update.Time:yyyy-MM-dd HH:mm:ss zzz}")
        : throw new InputException($"The update of asset '{update.Uri}' by {update.By} gave no value.");

    public T Connection<T>(string id)
    {
        if (_clients?.TryGetValue((id, typeof(T)), out var known) == true) return (T)known;
        var client = Build(id, typeof(T));
        (_clients ??= [])[(id, typeof(T))] = client;
        return (T)client;
    }

    /// <summary>Disposes the clients, the last built first. One that fails to close is told in the log and costs nothing else.</summary>
    public ValueTask DisposeAsync() => _clients is null ? ValueTask.CompletedTask : CloseAsync(_clients);

    private T Read<T>(TaskValue value, string whose)
    {
        try
        {
            if (value.Stored is not { } stored) return JsonSerializer.Deserialize<T>(value.Json!.Value.Utf8.Span, ValueJson.Options)!;
            using var content = new LocalArtifactStore(order.ArtifactRoot).Open(stored);
            return JsonSerializer.Deserialize<T>(content, ValueJson.Options)!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InputException(
                $"{whose} can't be read as {TypeModel.Of(typeof(T))}: {e.Message} It was written by an earlier version of the script or by a type that reads differently than it writes.",
                e);
        }
    }

    private async ValueTask CloseAsync(Dictionary<(string Id, Type Type), object> clients)
    {
        foreach (var ((id, _), client) in clients.Reverse())
        {
            try
            {
                if (client is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
                else (client as IDisposable)?.Dispose();
            }
            catch (Exception e)
            {
                context.Log($"Connection '{id}' did not close: {e.GetType().Name}: {e.Message}", LogLevel.Warning, LogSource.System);
            }
        }
    }

    private object Build(string id, Type client)
    {
        if (!order.Connections.TryGetValue(id, out var settings))
        {
            throw new ConnectionException(
                $"There is no connection '{id}', which the task takes as a {TypeModel.Of(client)}. Add it to connections.json beside the pipelines.");
        }

        if (connectionTypes.Find(client) is not { } type)
        {
            var known = string.Join(", ", connectionTypes.All.Select(t => t.Client.Name).Order());
            throw new ConnectionException($"Connection '{id}' is asked for as a {TypeModel.Of(client)}, which no provider makes. Known are: {known}.");
        }

        if (!type.Kinds.Contains(settings.Type, StringComparer.OrdinalIgnoreCase))
        {
            throw new ConnectionException(
                $"Connection '{id}' is of type '{settings.Type}', but a {TypeModel.Of(client)} is made of {string.Join(" or ", type.Kinds.Select(k => $"'{k}'"))}. Correct its type in connections.json beside the pipelines.");
        }

        return type.Build(settings, new ConnectionScope(context.Time, (text, level) => context.Log(text, level), context.Cancellation));
    }

    private static string Nothing<T>() => default(T) is null ? "null" : $"the default of {TypeModel.Of(typeof(T))}";
}
