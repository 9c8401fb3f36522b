using System.Net;
using Microsoft.AspNetCore.Routing;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Ui.Actions;

/// <summary>Every form of the panel, also those that are added later.</summary>
public sealed class FormTokenTests
{
    [Fact]
    public async Task No_form_is_taken_from_a_person_without_the_pages_token()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var ada = await server.SignedIn("ada", Role.Admin);
        var forms = Paths(server).ToArray();
        Assert.True(forms.Length > 25, $"Only {forms.Length} forms were found.");
        foreach (var path in forms)
        {
            var seen = await ada.Post(path, [new("text", "x"), new("__RequestVerificationToken", "made up")]);
            Assert.True(seen.Status == HttpStatusCode.BadRequest, $"{path} answers {seen.Status}");
            seen.Text.Says("Please try again");
        }
    }

    [Fact]
    public async Task No_form_that_changes_something_is_open_to_a_viewer()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var eve = await server.SignedIn("eve", Role.Viewer);
        foreach (var path in Paths(server).Where(p => !p.StartsWith("tokens", StringComparison.Ordinal) && !p.StartsWith("account", StringComparison.Ordinal) && !p.StartsWith("sign-", StringComparison.Ordinal)))
            Assert.True((await eve.Post(path, [])).Status == HttpStatusCode.Forbidden, path);
    }

    private static IEnumerable<string> Paths(ApiServer server) => server.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && !e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
        .Select(e => e.RoutePattern.RawText!.TrimStart('/').Replace("{dagId}", "x", StringComparison.Ordinal))
        .Select(p => System.Text.RegularExpressions.Regex.Replace(p, "{[^}]*}", "1"));
}
