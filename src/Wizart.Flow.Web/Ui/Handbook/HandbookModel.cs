namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>A page of the handbook as it is shown.</summary>
/// <param name="Page">The page.</param>
/// <param name="All">All pages but the index.</param>
/// <param name="Text">What is looked for; empty to read the page.</param>
/// <param name="Hits">Where it stands.</param>
public sealed record HandbookModel(HandbookPage Page, IReadOnlyList<HandbookPage> All, string Text, IReadOnlyList<HandbookHit> Hits)
{
    /// <summary>The page before this one; null for none.</summary>
    public HandbookPage? Before => At(-1);

    /// <summary>The page after this one; null for none.</summary>
    public HandbookPage? Next => At(1);

    private HandbookPage? At(int step)
    {
        var index = All.ToList().FindIndex(p => p.Name == Page.Name);
        if (index < 0) return step > 0 && All.Count > 0 ? All[0] : null; // the index stands before the first
        return index + step >= 0 && index + step < All.Count ? All[index + step] : null;
    }
}
