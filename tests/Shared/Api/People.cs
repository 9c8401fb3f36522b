using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests;

/// <summary>Users of a server, and their browsers and tokens.</summary>
internal static class People
{
    public const string Password = "correct horse battery";

    public static AccessCommands Access(this ApiServer server) => server.Services.GetRequiredService<AccessCommands>();

    public static Browser Browser(this ApiServer server) => new(server.Url);

    public static Task<User> AddUser(this ApiServer server, string name, Role role) => server.Access().CreateAsync(name, role, Password, "test");

    /// <summary>A browser in which a new user is signed in.</summary>
    public static async Task<Browser> SignedIn(this ApiServer server, string name, Role role)
    {
        await server.AddUser(name, role);
        return await server.SignInAgain(name);
    }

    /// <summary>Another browser of a user.</summary>
    public static async Task<Browser> SignInAgain(this ApiServer server, string name, string password = Password)
    {
        var browser = server.Browser();
        var seen = await browser.SignIn(name, password);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, seen.Status);
        return browser;
    }

    /// <summary>A program with a token of the installation's own.</summary>
    public static async Task<HttpClient> Program(this ApiServer server, Role role)
    {
        var issued = await server.Access().IssueTokenAsync($"t-{role}-{Guid.NewGuid():N}", StoredToken.Local, role, null, "test");
        return server.Program(issued.Secret);
    }

    public static HttpClient Program(this ApiServer server, string secret)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }
}

internal static class Stored
{
    public static Task<IReadOnlyList<User>> GetUsers(this IServiceProvider services) => services.GetRequiredService<IAccessReads>().UsersAsync(CancellationToken.None);
}
