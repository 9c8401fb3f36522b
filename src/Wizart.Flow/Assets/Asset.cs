using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>An asset under its uri; a schedule by itself: a DAG that follows it runs after each update.</summary>
public abstract partial class NamedAsset : AssetSchedule
{
    private protected NamedAsset(string uri, SourceLocation location)
    {
        Uri = uri ?? "";
        Location = location;
    }

    /// <summary>The name of the data; the same text is the same asset, in all scripts.</summary>
    public string Uri { get; }

    internal SourceLocation Location { get; }

    internal override AssetCondition Condition => new AssetUpdated(Uri);

    internal override IReadOnlyList<NamedAsset> Assets => [this];

    /// <summary>Whether its uri can be one.</summary>
    internal bool IsUri => UriPattern().IsMatch(Uri);

    /// <summary>The type of its value; null when it has none.</summary>
    internal virtual Type? ValueType => null;

    /// <summary>The asset as data.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract AssetModel ToModel();

    [GeneratedRegex(@"^(?=.{3,500}\z)[A-Za-z][A-Za-z0-9+.\-]*:[^\s\p{C}]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UriPattern();
}

/// <summary>
/// A named piece of data without a value of its own: it tells that data elsewhere, a table or a file, are new. What a task that
/// gives no value can update: <c>.Run(…).Into(table)</c>.
/// </summary>
public sealed class Asset : NamedAsset
{
    internal Asset(string uri, SourceLocation location)
        : base(uri, location) =>
        Events = new AssetEventsInput(uri, this);

    /// <summary>The updates that started this run, oldest first, as an input; empty when something else started it.</summary>
    public IInput<AssetEvents> Events { get; }

    /// <inheritdoc/>
    public override AssetModel ToModel() => new() { Uri = Uri, Location = Location };
}

/// <summary>
/// A named piece of data with a value. As an input it is the latest value, read when the attempt starts; what <c>.Into(asset)</c>
/// updates; and a schedule.
/// </summary>
/// <typeparam name="T">The value: anything that can be an output.</typeparam>
public sealed class Asset<T> : NamedAsset, IInput<T>
{
    private readonly Lazy<JsonElement?> _schema = new(() => AssetSchemas.Of(typeof(T)));

    internal Asset(string uri, SourceLocation location)
        : base(uri, location)
    {
        Latest = new LatestInput(this);
        Events = new EventsInput(this);
    }

    /// <summary>The latest update as a whole, as an input: its value, when, by which run, and what was said with it.</summary>
    public IInput<AssetUpdate<T>> Latest { get; }

    /// <summary>The updates of this asset that started this run, oldest first, as an input; empty when something else started it.</summary>
    public IInput<IReadOnlyList<AssetUpdate<T>>> Events { get; }

    internal override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override AssetModel ToModel() => new()
    {
        Uri = Uri,
        Type = TypeModel.Of(typeof(T)),
        Schema = _schema.Value,
        Location = Location,
    };

    InputModel IInput<T>.Describe() => new(InputKind.Asset, Uri, TypeModel.Of(typeof(T)));

    T IInput<T>.Read(IInputReader reader) => reader.Asset<T>(Uri).Value;

    private sealed class LatestInput(Asset<T> asset) : IInput<AssetUpdate<T>>, IAssetInput
    {
        public NamedAsset Asset => asset;

        public InputModel Describe() => new(InputKind.Asset, asset.Uri, TypeModel.Of(typeof(AssetUpdate<T>)));

        public AssetUpdate<T> Read(IInputReader reader) => reader.Asset<T>(asset.Uri);
    }

    private sealed class EventsInput(Asset<T> asset) : IInput<IReadOnlyList<AssetUpdate<T>>>, IAssetInput
    {
        public NamedAsset Asset => asset;

        public InputModel Describe() => new(InputKind.AssetEvents, asset.Uri, TypeModel.Of(typeof(IReadOnlyList<AssetUpdate<T>>)));

        public IReadOnlyList<AssetUpdate<T>> Read(IInputReader reader) => reader.AssetEvents(asset.Uri).Of(asset);
    }
}

/// <summary>An input that comes from an asset.</summary>
internal interface IAssetInput
{
    /// <summary>The asset.</summary>
    NamedAsset? Asset { get; }
}

/// <summary>The updates that started a run: of one asset, or of all.</summary>
internal sealed class AssetEventsInput(string uri, NamedAsset? asset) : IInput<AssetEvents>, IAssetInput
{
    public NamedAsset? Asset => asset;

    public InputModel Describe() => new(InputKind.AssetEvents, uri, TypeModel.Of(typeof(AssetEvents)));

    public AssetEvents Read(IInputReader reader) => reader.AssetEvents(uri);
}
