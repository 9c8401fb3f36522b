using System.Text.Json;
using System.Text.RegularExpressions;
using Wizart.Flow.Connections;

namespace Wizart.Flow.TestServers;

/// <summary>The examples of the handbook's page on connections.</summary>
internal static class HandbookConnections
{
    /// <summary>All connections of its JSON examples that are of one of these types.</summary>
    public static IEnumerable<ConnectionSettings> OfType(params string[] types) =>
        from Match example in Regex.Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "connections.md")), "```json\n(.*?)```", RegexOptions.Singleline)
        from entry in JsonDocument.Parse(example.Groups[1].Value).RootElement.EnumerateObject()
        let type = entry.Value.GetProperty("type").GetString()!
        where types.Contains(type)
        select new ConnectionSettings(entry.Name, type, entry.Value.EnumerateObject().Where(v => v.Name != "type").ToDictionary(v => v.Name, v => v.Value.ToString()));
}
