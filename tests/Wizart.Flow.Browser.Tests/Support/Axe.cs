using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>Looks for what keeps people from using a page.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Serious and critical faults, each with where it is; frames are an artifact's own matter.</summary>
    /// <param name="page">The page.</param>
    /// <param name="onlyColours">Whether only contrasts are looked at: for a second theme.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, bool onlyColours = false)
    {
        await page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Script} }} }}");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async only => (await axe.run(document, { iframes: false, resultTypes: ["violations"], ...(only ? { runOnly: ["color-contrast"] } : {}) })).violations
                .filter(v => v.impact === "serious" || v.impact === "critical")
                .flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(" ")} ${n.html.slice(0, 160)} ${(n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? "")}`))
            """, onlyColours);
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }
}
