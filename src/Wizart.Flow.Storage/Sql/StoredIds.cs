namespace Wizart.Flow.Storage.Sql;

/// <summary>Ids of tasks and groups in one column; they have no commas.</summary>
internal static class StoredIds
{
    public static string? Of(IReadOnlyList<string> ids) => ids.Count == 0 ? null : string.Join(',', ids);

    public static IReadOnlyList<string> Read(string? text) => text is null ? [] : text.Split(',');
}
