using System.Net;
using System.Text.RegularExpressions;

namespace Wizart.Flow.Web.Tests;

/// <summary>A browser as far as access goes: cookies, forms with their hidden fields, no redirect followed.</summary>
internal sealed partial class Browser : IDisposable
{
    public Browser(string url)
    {
        Cookies = new CookieContainer();
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(url + "/") };
    }

    public CookieContainer Cookies { get; }

    public HttpClient Http { get; }

    public async Task<Seen> Get(string path) => await Seen.OfAsync(await Http.GetAsync(path));

    /// <summary>Loads a page, and sends its first form with this action, or its only one, filled in.</summary>
    public async Task<Seen> Fill(string page, string action, params (string Name, string Value)[] fields)
    {
        var shown = await Get(page);
        return await Send(shown, action, fields);
    }

    /// <summary>Sends a form of a page that is shown.</summary>
    public async Task<Seen> Send(Seen shown, string action, params (string Name, string Value)[] fields)
    {
        var form = Form().Matches(shown.Text).FirstOrDefault(f => f.Groups["action"].Value == action)
            ?? throw new InvalidOperationException($"There is no form '{action}' in:\n{shown.Text}");
        var values = Hidden().Matches(form.Value).ToDictionary(h => h.Groups["name"].Value, h => WebUtility.HtmlDecode(h.Groups["value"].Value));
        foreach (var (name, value) in fields) values[name] = value;
        return await Post(action, values);
    }

    public async Task<Seen> Post(string path, IEnumerable<KeyValuePair<string, string>> values)
    {
        using var content = new FormUrlEncodedContent(values);
        return await Seen.OfAsync(await Http.PostAsync(path, content));
    }

    public Task<Seen> SignIn(string name, string password, string page = "sign-in") =>
        Fill(page, "sign-in", ("name", name), ("password", password));

    /// <summary>The value of a cookie; null when there is none.</summary>
    public string? Cookie(string name) => Cookies.GetAllCookies().FirstOrDefault(c => c.Name == name && !c.Expired)?.Value;

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();
}

/// <summary>What a browser got.</summary>
internal sealed record Seen(HttpStatusCode Status, string Text, string? Location, HttpResponseMessage Response)
{
    public static async Task<Seen> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString, response);

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
