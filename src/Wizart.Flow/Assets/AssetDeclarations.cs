using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>What must hold of the assets that one script names.</summary>
internal static class AssetDeclarations
{
    public static void Check(ScriptScope scope, IEnumerable<Dag> dags)
    {
        var named = dags.SelectMany(d => d.NamedAssets).Distinct().ToArray();
        foreach (var asset in named) Check(scope, asset);
        foreach (var same in named.GroupBy(a => a.Uri, StringComparer.Ordinal)) CheckTypes(scope, [.. same]);
    }

    private static void Check(ScriptScope scope, NamedAsset asset)
    {
        if (!asset.IsUri)
        {
            scope.Report(
                FlowCodes.BadAsset,
                $"'{asset.Uri}' can't be the uri of an asset: write a scheme and a name without blanks, at most 500 characters, such as \"wizart://prices\".",
                asset.Location);
        }

        if (asset.ValueType is { } value && StorableTypes.WhyNot(value) is { } why)
            scope.Report(FlowCodes.NotStorable, $"The value of asset '{asset.Uri}' can't be stored: {why}", asset.Location);
    }

    private static void CheckTypes(ScriptScope scope, NamedAsset[] same)
    {
        var first = same[0];
        foreach (var other in same.Where(a => a.ValueType != first.ValueType).DistinctBy(a => a.ValueType))
        {
            scope.Report(
                FlowCodes.AssetTypes,
                $"Asset '{first.Uri}' is declared as {Spell(other)} here and as {Spell(first)} at line {first.Location.Line}. Declare it once and share the variable.",
                other.Location);
        }
    }

    private static string Spell(NamedAsset asset) => asset.ValueType is { } value ? $"Asset<{TypeModel.Of(value)}>" : "Asset";
}
