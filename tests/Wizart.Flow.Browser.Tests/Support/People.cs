using System.Text.Json;

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>People who may sign in, each test's own.</summary>
internal static class People
{
    public const string Password = "a quiet evening at home";

    /// <summary>A name that nobody has yet.</summary>
    public static string Name(string who) => $"{who}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Makes a user with <see cref="Password"/>.</summary>
    /// <returns>The name.</returns>
    public static async Task<string> MakeAsync(Site site, string role)
    {
        site.Need();
        var name = Name(role);
        using var answer = await site.Api.PostAsync("users", JsonSerializer.Serialize(new { name, role, password = Password }));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return name;
    }

    /// <summary>Opens a window in which a new user of this role is signed in, on a page.</summary>
    public static async Task<(View View, string Name)> OpenAsync(Site site, string role, string path = "dags")
    {
        var name = await MakeAsync(site, role);
        var view = await View.OpenAsync(site, signedIn: false);
        await view.SignInAsync(name, Password, path);
        return (view, name);
    }
}
