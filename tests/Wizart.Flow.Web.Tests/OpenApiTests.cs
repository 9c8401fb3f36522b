using System.Net;
using System.Runtime.CompilerServices;

namespace Wizart.Flow.Web.Tests;

public sealed class OpenApiTests
{
    private const string Approved = "openapi.approved.json";

    [Fact]
    public async Task The_document_is_as_it_was_approved()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.Get("openapi.json");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Type));
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, Approved);
        var approved = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        var served = answer.Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (approved.ReplaceLineEndings("\n") == served) return;

        var received = Path.ChangeExtension(path, null).Replace(".approved", ".received", StringComparison.Ordinal) + ".json";
        if (Environment.GetEnvironmentVariable("FLOW_APPROVE") == "1") received = path;
        await File.WriteAllTextAsync(received, served, TestContext.Current.CancellationToken);
        Assert.Fail(
            $"The OpenAPI document has changed. Compare {received} with {path}: {FirstDifference(approved, served)} "
            + "When the change is meant, run this test once with FLOW_APPROVE=1 in the environment and commit the approved file.");
    }

    [Fact]
    public async Task It_is_made_once_and_not_sent_twice()
    {
        await using var server = await ApiServer.StartAsync();
        var first = await server.Get("openapi.json");
        using var again = new HttpRequestMessage(HttpMethod.Get, "openapi.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var response = await server.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task Every_endpoint_of_the_document_has_what_a_reader_needs()
    {
        await using var server = await ApiServer.StartAsync();
        var document = (await server.Get("openapi.json")).Json;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var (what, said) = ($"{operation.Name} {path.Name}", operation.Value);
                Assert.True(said.TryGetProperty("summary", out var summary) && summary.GetString()!.Length > 5, $"{what} has no summary.");
                Assert.True(said.TryGetProperty("tags", out var tags) && tags.GetArrayLength() == 1, $"{what} has no tag.");
                Assert.True(names.Add(said.GetProperty("operationId").GetString()!), $"{what} has another's operationId.");
                var responses = said.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToArray();
                Assert.Contains(responses, status => status[0] == '2');
                if (path.Name != "/api/v1/health") Assert.Contains("401", responses);
                if (!said.TryGetProperty("parameters", out var parameters)) continue;
                Assert.All(parameters.EnumerateArray(), p => Assert.True(p.TryGetProperty("description", out _), $"{what}: {p.GetProperty("name")} has no description."));
            }
        }
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_has_rules_of_its_own()
    {
        await using var server = await ApiServer.StartAsync();
        var root = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var page = await server.Get($"{root}/api/");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        var rules = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("http", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("cdn", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fonts.", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("openapi.json", page.Text, StringComparison.Ordinal);
        var nonce = rules.Split("'nonce-")[1].Split('\'')[0];
        Assert.All(page.Text.Split("<script").Skip(1), script => Assert.Contains($"nonce=\"{nonce}\"", script.Split('>')[0], StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe-inline", (await server.Get("dags")).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static string FirstDifference(string before, string after)
    {
        var lines = LineDiff.Of(before, after);
        return string.Join(" | ", lines.Where(l => l.Sign is '+' or '-').Take(6).Select(l => l.Sign + l.Text.Trim()));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
