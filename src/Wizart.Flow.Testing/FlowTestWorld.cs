using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Attempts;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Metrics;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Testing;

/// <summary>What surrounds a run under test: fakes for its connections, its variables, its clock.</summary>
public sealed class FlowTestWorld
{
    private readonly ConnectionTypes _types = ProviderConnections.OfApplication();
    private readonly Dictionary<string, ConnectionSettings> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, Type Client), Func<ConnectionScope, object>> _fakes = [];
    private readonly Dictionary<string, JsonElement> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _assets = new(StringComparer.Ordinal);
    private readonly List<(string Name, SeriesPoint Point)> _metrics = [];
    private TimeProvider _time = TimeProvider.System;
    private bool _keepsRetryWaits;

    /// <summary>Puts a client in the place of a connection. One that is disposable is disposed when the first attempt that took it ends: then give a way to make it instead.</summary>
    public FlowTestWorld With<T>(string connection, T client)
        where T : notnull => With<T>(connection, _ => client);

    /// <summary>Puts clients in the place of a connection, made anew for each attempt.</summary>
    public FlowTestWorld With<T>(string connection, Func<ConnectionScope, T> make)
        where T : notnull
    {
        const string fake = "fake";
        _fakes[(connection, typeof(T))] = scope => make(scope);
        _settings.TryAdd(connection, new ConnectionSettings(connection, fake, new Dictionary<string, string>()));
        if (_types.Find(typeof(T)) is { } known && known.Kinds.Contains(fake)) return this;

        var real = _types.Find(typeof(T));
        _types.Add<T>([.. real?.Kinds ?? [], fake], (settings, scope) => (T)(
            _fakes.TryGetValue((settings.Id, typeof(T)), out var found) ? found(scope)
            : real is not null ? real.Build(settings, scope)
            : throw new ConnectionException($"Connection '{settings.Id}' has no fake of type {TypeModel.Of(typeof(T))}.")));
        return this;
    }

    /// <summary>Gives a connection real settings, for a real client.</summary>
    /// <param name="connection">Its id.</param>
    /// <param name="type">The provider's word: <c>http</c>, <c>sqlite</c>…</param>
    /// <param name="settings">The settings by name.</param>
    public FlowTestWorld Connection(string connection, string type, params (string Name, string Value)[] settings)
    {
        _settings[connection] = new ConnectionSettings(connection, type, settings.ToDictionary(s => s.Name, s => s.Value));
        return this;
    }

    /// <summary>Stores a variable; without it the script's default counts.</summary>
    public FlowTestWorld Variable(string name, object? value)
    {
        _variables[name] = JsonSerializer.SerializeToElement(value, ValueJson.Options);
        return this;
    }

    /// <summary>
    /// Gives an asset a value; without it the asset was never updated. When the DAG's schedule names the asset, this is the update
    /// that started the run.
    /// </summary>
    /// <param name="uri">The asset.</param>
    /// <param name="value">Its value; null for an asset that has none.</param>
    public FlowTestWorld Asset(string uri, object? value = null)
    {
        _assets[uri] = JsonSerializer.SerializeToElement(value, ValueJson.Options);
        return this;
    }

    /// <summary>Lets an earlier run of the DAG have told a value of a metric, for trends; without it there are none.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="date">The logical date of that run (ISO 8601; without an offset it is UTC).</param>
    /// <param name="value">The value.</param>
    /// <param name="tags">What was said with it.</param>
    public FlowTestWorld Metric(string name, string date, double value, params (string Key, string Value)[] tags) => MetricOf("", name, date, value, tags);

    /// <summary>The same of another DAG.</summary>
    /// <inheritdoc cref="Metric"/>
    public FlowTestWorld MetricOf(string dagId, string name, string date, double value, params (string Key, string Value)[] tags)
    {
        if ((MetricRules.WhyNotName(name) ?? MetricRules.WhyNotTags(tags)) is { } why) throw new ArgumentException(why);
        var at = DateText.Read(date, TimeZoneInfo.Utc)
            ?? throw new ArgumentException($"'{date}' is not a date such as \"2026-11-01\" or \"2026-11-01T06:00:00Z\" (ISO 8601).", nameof(date));
        _metrics.Add((name, new SeriesPoint
        {
            Id = _metrics.Count + 1,
            Time = at,
            LogicalDate = at,
            Value = value,
            DagId = dagId,
            RunId = 0,
            TaskIndex = 0,
            Tags = tags.ToDictionary(t => t.Key, t => t.Value),
        }));
        return this;
    }

    /// <summary>The clock that the run and its bodies see; timeouts and waits follow it.</summary>
    public FlowTestWorld Time(TimeProvider time)
    {
        _time = time;
        return this;
    }

    /// <summary>Retries wait as long as their backoff says, by the clock of this world.</summary>
    public FlowTestWorld KeepRetryWaits()
    {
        _keepsRetryWaits = true;
        return this;
    }

    internal LocalRunOptions Options(DagModel model, string? date, object? @params) => new()
    {
        ConnectionTypes = _types,
        Connections = new Settings(_settings),
        Variables = _variables,
        Assets = _assets,
        Metrics = new GivenMetrics([.. _metrics.Select(m => m.Point.DagId.Length > 0 ? m : (m.Name, m.Point with { DagId = model.Id }))]),
        Params = Named(@params),
        Date = date is null ? null : Date(model, date),
        Time = _time,
        SkipRetryWaits = !_keepsRetryWaits,
    };

    private static DateTimeOffset Date(DagModel model, string date)
    {
        return DateText.Read(date, model.Zone)
            ?? throw new ArgumentException($"'{date}' is not a date such as \"2026-11-01\" or \"2026-11-01T06:00:00Z\" (ISO 8601).", nameof(date));
    }

    private static Dictionary<string, JsonElement> Named(object? @params)
    {
        if (@params is null) return [];
        var json = JsonSerializer.SerializeToElement(@params, ValueJson.Options);
        if (json.ValueKind == JsonValueKind.Object) return json.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        throw new ArgumentException("Params are the properties of an object: new { year = 2025 }.", nameof(@params));
    }

    private sealed class Settings(Dictionary<string, ConnectionSettings> settings) : ISecretStore
    {
        public ValueTask<ConnectionSettings?> FindConnectionAsync(string id, CancellationToken cancellation) => new(settings.GetValueOrDefault(id));
    }
}
