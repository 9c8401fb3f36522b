using Wizart.Flow.Model;

namespace Wizart.Flow;

public sealed partial class Dag
{
    private readonly List<NamedAsset> _assets = [];

    /// <summary>The updates of assets that started this run, as an input; none when something else started it.</summary>
    public IInput<AssetEvents> AssetEvents { get; } = new AssetEventsInput("", null);

    internal IReadOnlyList<NamedAsset> NamedAssets => _assets;

    internal void Name(NamedAsset asset) => _assets.Add(asset);

    private IReadOnlyList<AssetModel> AssetModels()
    {
        if (_assets.Count == 0) return [];
        var models = new List<AssetModel>();
        foreach (var asset in _assets)
        {
            var model = asset.ToModel();
            var known = models.FindIndex(m => m.Uri == model.Uri);
            if (known < 0) models.Add(model);
            else if (models[known].Type is null && model.Type is not null) models[known] = model;
        }

        return models;
    }
}
