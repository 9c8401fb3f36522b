using System.Net;
using System.Net.Http.Headers;

namespace Wizart.Flow.Web.Tests.Ui;

/// <summary>Asks for pages and sends forms, as a browser does.</summary>
internal static class PageRequests
{
    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>A page.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">Without a slash at its beginning.</param>
    /// <param name="partial">Whether the page's script asks.</param>
    public static Task<Answer> Page(this ApiServer server, string path, bool partial = false) => SendAsync(server, HttpMethod.Get, path, null, partial);

    /// <summary>A page that is there, as text.</summary>
    public static async Task<string> Html(this ApiServer server, string path, bool partial = false)
    {
        var answer = await server.Page(path, partial);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.Status, answer.Type));
        return answer.Text;
    }

    /// <summary>Sends a form.</summary>
    public static Task<Answer> Form(this ApiServer server, string path, params (string Name, string Value)[] fields) => server.Form(path, false, fields);

    /// <summary>The same, as the page's script does.</summary>
    public static Task<Answer> Form(this ApiServer server, string path, bool partial, params (string Name, string Value)[] fields) =>
        SendAsync(server, HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), partial);

    /// <summary>That a form sent without a script leads on to a page.</summary>
    public static void LeadsTo(this Answer answer, string path) =>
        Assert.Equal((HttpStatusCode.SeeOther, "/" + path), (answer.Status, answer.Headers.Location?.OriginalString));

    /// <summary>That the page says there is no such thing, in the frame of all pages.</summary>
    public static void IsMissing(this Answer answer, string why)
    {
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.Status, answer.Type));
        Assert.Contains("<nav aria-label=\"Main\">", answer.Text, StringComparison.Ordinal);
        Assert.Contains(why, WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
    }

    /// <summary>What a person reads: entities made plain.</summary>
    public static void Says(this string html, params IEnumerable<string> words)
    {
        var text = WebUtility.HtmlDecode(html);
        foreach (var some in words) Assert.Contains(some, text, StringComparison.Ordinal);
    }

    /// <summary>That nothing of it is there.</summary>
    public static void SaysNot(this string html, params IEnumerable<string> words)
    {
        var text = WebUtility.HtmlDecode(html);
        foreach (var some in words) Assert.DoesNotContain(some, text, StringComparison.Ordinal);
    }

    /// <summary>That a name with a tag in it is shown and does nothing.</summary>
    public static void IsHarmless(this string html)
    {
        Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("script&gt;alert", html, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Answer> SendAsync(ApiServer server, HttpMethod method, string path, HttpContent? content, bool partial)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Client.BaseAddress!, "/" + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiServer.Token);
        if (partial) request.Headers.Add("HX-Request", "true");
        using var response = await Browser.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(response);
    }
}
