using System.Net;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Web.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class OidcTests
{
    [Fact]
    public async Task A_person_whom_the_provider_vouches_for_is_signed_in_with_the_role_of_the_claim()
    {
        await using var provider = await OidcProvider.StartAsync();
        await using var server = await ServerAsync(provider);
        using var browser = server.Browser();
        Assert.Contains("Sign in with the company", (await browser.Get("sign-in?return=%2Fdags")).Text, StringComparison.Ordinal);
        Assert.Equal("/dags", (await Follow(browser, "sign-in/oidc?return=%2Fdags")).Location);
        var who = Models.Json((await browser.Get("api/v1/session")).Text);
        Assert.Equal(("grace", "operator", true), (who.GetProperty("name").GetString(), who.GetProperty("role").GetString(), who.GetProperty("signedIn").GetBoolean()));
        Assert.DoesNotContain("Change the password", (await browser.Get("account")).Text, StringComparison.Ordinal);

        // The next sign-in takes the role that the provider gives then; and the session is one as any other.
        provider.Groups = ["staff", "bosses"];
        using var again = server.Browser();
        await Follow(again, "sign-in/oidc");
        var user = Assert.Single(await server.Services.GetUsers());
        Assert.Equal((Role.Admin, $"{provider.Url} subject-7", null), (user.Role, user.External, user.PasswordHash));
        await server.AddUser("root", Role.Admin);
        await server.Access().DisableAsync("grace", disabled: true, "root");
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.Get("api/v1/session")).Status);
        var refused = await Follow(server.Browser(), "sign-in/oidc");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("is disabled", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_role_there_or_another_users_name_is_not_let_in()
    {
        await using var provider = await OidcProvider.StartAsync();
        await using var server = await ServerAsync(provider);
        await server.AddUser("grace", Role.Admin);
        using var browser = server.Browser();
        var taken = await Follow(browser, "sign-in/oidc");
        Assert.Equal(HttpStatusCode.Forbidden, taken.Status);
        Assert.Contains("another user &#x27;grace&#x27;", taken.Text, StringComparison.Ordinal);

        (provider.Name, provider.Groups) = ("heidi", ["guests"]);
        var without = await Follow(browser, "sign-in/oidc");
        Assert.Equal(HttpStatusCode.Forbidden, without.Status);
        Assert.Contains("has no role here", without.Text, StringComparison.Ordinal);
        (provider.Name, provider.Groups) = ("../etc", ["staff"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await Follow(browser, "sign-in/oidc")).Status);
        Assert.Null(browser.Cookie("flow_session"));
        Assert.Single(await server.Services.GetUsers());
    }

    [Fact]
    public async Task A_refusal_of_the_provider_and_a_forged_callback_lead_back_to_the_sign_in()
    {
        await using var provider = await OidcProvider.StartAsync();
        await using var server = await ServerAsync(provider);
        provider.Refuses = true;
        using var browser = server.Browser();
        Assert.Equal("/sign-in?failed=oidc", (await Follow(browser, "sign-in/oidc")).Location);
        Assert.Equal("/sign-in?failed=oidc", (await browser.Get("sign-in/oidc/callback?code=abc&state=forged")).Location);
        Assert.Contains("did not let you in", (await browser.Get("sign-in?failed=oidc")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_nobody_signs_in_this_way()
    {
        await using var server = await ApiServer.StartAsync();
        using var browser = server.Browser();
        Assert.DoesNotContain("Sign in with", (await browser.Get("sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("sign-in/oidc")).Status);
    }

    private static Task<ApiServer> ServerAsync(OidcProvider provider) => ApiServer.StartWithAsync(new AccessOptions
    {
        Oidc = new OidcOptions
        {
            Authority = provider.Url,
            ClientId = OidcProvider.ClientId,
            ClientSecret = OidcProvider.ClientSecret,
            Name = "the company",
            RoleClaim = "groups",
            Admin = "bosses, root",
            Operator = "staff",
        },
    });

    /// <summary>To the provider and back, up to where the daemon leads in the end.</summary>
    private static async Task<Seen> Follow(Browser browser, string path)
    {
        var toProvider = await browser.Get(path);
        var back = await browser.Get(toProvider.Location!);
        return await browser.Get(back.Location!);
    }
}
