using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>Which assets must have been updated, as data: <c>a &amp; (b | c)</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AssetUpdated), "asset")]
[JsonDerivedType(typeof(AllAssets), "all")]
[JsonDerivedType(typeof(AnyAsset), "any")]
public abstract record AssetCondition
{
    /// <summary>The assets it names, each once, in the order in which they are written.</summary>
    [JsonIgnore]
    public IEnumerable<string> Uris => Named().Distinct(StringComparer.Ordinal);

    /// <summary>Whether it holds.</summary>
    /// <param name="isUpdated">Whether an asset has been updated.</param>
    public abstract bool Holds(Func<string, bool> isUpdated);

    /// <summary>The condition as a person reads it: <c>wizart://a and (wizart://b or wizart://c)</c>.</summary>
    public sealed override string ToString() => Text(isInner: false);

    private protected abstract IEnumerable<string> Named();

    private protected abstract string Text(bool isInner);

    private protected static string Join(IReadOnlyList<AssetCondition> of, string word, bool isInner)
    {
        var text = string.Join(word, of.Select(one => one.Text(isInner: true)));
        return isInner && of.Count > 1 ? $"({text})" : text;
    }

    private protected static IEnumerable<string> Named(IReadOnlyList<AssetCondition> of) => of.SelectMany(one => one.Named());
}

/// <summary>One asset was updated.</summary>
/// <param name="Uri">The asset.</param>
public sealed record AssetUpdated(string Uri) : AssetCondition
{
    /// <inheritdoc/>
    public override bool Holds(Func<string, bool> isUpdated) => isUpdated(Uri);

    private protected override IEnumerable<string> Named() => [Uri];

    private protected override string Text(bool isInner) => Uri;
}

/// <summary>All of these hold.</summary>
/// <param name="Of">Two or more.</param>
public sealed record AllAssets(IReadOnlyList<AssetCondition> Of) : AssetCondition
{
    /// <inheritdoc/>
    public override bool Holds(Func<string, bool> isUpdated) => Of.All(one => one.Holds(isUpdated));

    private protected override IEnumerable<string> Named() => Named(Of);

    private protected override string Text(bool isInner) => Join(Of, " and ", isInner);
}

/// <summary>At least one of these holds.</summary>
/// <param name="Of">Two or more.</param>
public sealed record AnyAsset(IReadOnlyList<AssetCondition> Of) : AssetCondition
{
    /// <inheritdoc/>
    public override bool Holds(Func<string, bool> isUpdated) => Of.Any(one => one.Holds(isUpdated));

    private protected override IEnumerable<string> Named() => Named(Of);

    private protected override string Text(bool isInner) => Join(Of, " or ", isInner);
}
