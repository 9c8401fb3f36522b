using System.Text.Json.Serialization;

namespace Wizart.Flow.Storage.Sql;

/// <summary>How the tags of points are stored.</summary>
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class TagsJson : JsonSerializerContext;
