using System.ComponentModel;

namespace Wizart.Flow;

/// <summary>Updates of assets by tasks: <c>.Run(…).Into(asset)</c>.</summary>
public static class AssetOutputs
{
    /// <summary>
    /// Updates the assets with the output each time the task succeeds: in the same transaction that stores the success, so
    /// that neither is there without the other.
    /// </summary>
    public static Output<T> Into<T>(this Output<T> output, params Asset<T>[] assets)
    {
        if (output.Draft.Group?.Mapped is { } mapped)
        {
            output.Draft.Dag.Scope.Report(
                Model.FlowCodes.BadGroup,
                $"Task '{output.Draft.Id}' gives an output for each element of group '{mapped.Id}', and the asset is one. Update it with the list: All(…).Into(asset) with an asset of an array.",
                output.Draft.Location);
        }

        return Into(output, output.Draft, assets);
    }

    /// <summary>Tells that the data that the assets stand for are new, each time the task succeeds.</summary>
    public static Output<T> Into<T>(this Output<T> output, params Asset[] assets) => Into(output, output.Draft, assets);

    /// <summary>Updates the assets, once all elements are done and none failed, with the list of what they gave.</summary>
    public static MappedOutput<T> Into<T>(this MappedOutput<T> output, params Asset<T[]>[] assets) => Into(output, output.Draft, assets);

    /// <summary>Tells that the data that the assets stand for are new, once all elements are done and none failed.</summary>
    public static MappedOutput<T> Into<T>(this MappedOutput<T> output, params Asset[] assets) => Into(output, output.Draft, assets);

    /// <summary>
    /// Tells that the data that the assets stand for are new, each time the task succeeds. A task without a value can't update
    /// an <see cref="Asset{T}"/>: those who take it would get nothing.
    /// </summary>
    public static Done Into(this Done done, params Asset[] assets) => Into(done, done.Draft, assets);

    /// <summary>Not a word: the asset would have no value.</summary>
    [Obsolete("This task gives no value, so it can't update an asset that has one. Return the value from its body, or declare the asset without a type: Asset(uri).", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Done Into<T>(this Done done, params Asset<T>[] assets) => throw new NotSupportedException();

    private static TTask Into<TTask>(TTask task, TaskDraft draft, IEnumerable<NamedAsset> assets)
    {
        foreach (var asset in assets) draft.Update(asset);
        return task;
    }
}
