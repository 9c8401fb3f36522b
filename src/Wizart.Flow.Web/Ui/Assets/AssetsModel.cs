using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Web.Ui.Forms;

namespace Wizart.Flow.Web.Ui.Assets;

/// <summary>The assets that fit, one page of them.</summary>
public sealed record AssetsModel(string Text, string Dag, IReadOnlyList<string> Dags, IReadOnlyList<AssetView> Rows, int Page, int Found, int All)
{
    /// <summary>How many stand on a page.</summary>
    public const int PageSize = 100;
}

/// <summary>One asset.</summary>
/// <param name="View">The asset.</param>
/// <param name="Lineage">Where it comes from and goes to.</param>
/// <param name="Events">Its updates, newest first, one page of them.</param>
/// <param name="Next">The update before which the next page begins; null when this is the last.</param>
/// <param name="Before">The update that this page begins before; null for the first page.</param>
/// <param name="Waiting">The DAGs that follow it, and what each still waits for.</param>
/// <param name="Ids">The numbers of the assets that they wait for, by uri.</param>
public sealed record AssetPageModel(
    AssetView View, Lineage Lineage, IReadOnlyList<AssetEvent> Events, long? Next, long? Before, IReadOnlyList<WaitingDag> Waiting,
    IReadOnlyDictionary<string, long> Ids);

/// <summary>The form that tells of an update.</summary>
/// <param name="View">The asset.</param>
/// <param name="Value">What stands in the field of the value.</param>
/// <param name="Extra">What stands in the field beside it.</param>
public sealed record AssetForm(AssetView View, string Value, string Extra)
{
    /// <summary>What is wrong with the value.</summary>
    public string? ValueMistake { get; init; }

    /// <summary>What is wrong with what is said beside it.</summary>
    public string? ExtraMistake { get; init; }

    /// <summary>Whether the asset has a value at all.</summary>
    public bool HasValue => View.Model?.Type is not null;

    /// <summary>A form that nobody has filled in yet: the latest value, to be changed.</summary>
    public static AssetForm Of(AssetView view) =>
        new(view, view.Stored.Latest?.Value?.Json is { } json && json.Utf8.Length <= 8_000 ? JsonText.Pretty(json.ToString()) : "", "");
}
