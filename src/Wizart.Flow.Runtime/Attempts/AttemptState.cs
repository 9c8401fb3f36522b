using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Values;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>What is kept from attempt to attempt of one task instance, as JSON.</summary>
internal sealed class AttemptState(IReadOnlyDictionary<string, JsonPayload> earlier) : KeptState
{
    private readonly Lock _lock = new();
    private Dictionary<string, JsonPayload>? _changed;

    /// <summary>All that is kept now; null when this attempt has set nothing.</summary>
    public IReadOnlyDictionary<string, JsonPayload>? Changed
    {
        get
        {
            lock (_lock) return _changed is null ? null : new Dictionary<string, JsonPayload>(_changed);
        }
    }

    public override T? Get<T>(string key, T? @default = default)
        where T : default
    {
        JsonPayload kept;
        lock (_lock)
        {
            if (!(_changed ?? earlier).TryGetValue(key, out kept)) return @default;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(kept.Utf8.Span, ValueJson.Options);
        }
        catch (JsonException e)
        {
            throw new InputException($"State '{key}' was kept as something else and can't be read as {Model.TypeModel.Of(typeof(T))}: {e.Message}", e);
        }
    }

    public override void Set<T>(string key, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, ValueJson.Options);
        if (json.Length > TaskValue.InlineLimit)
        {
            throw new ArgumentException(
                $"State '{key}' is {json.Length / 1024} KB; at most {TaskValue.InlineLimit / 1024} KB are kept. Keep large things as artifacts.",
                nameof(value));
        }

        lock (_lock)
        {
            _changed ??= new Dictionary<string, JsonPayload>(earlier);
            _changed[key] = new JsonPayload(json);
        }
    }
}
