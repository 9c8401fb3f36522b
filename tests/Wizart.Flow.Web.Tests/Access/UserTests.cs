using System.Net;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests.Access;

public sealed class UserTests
{
    [Fact]
    public async Task Users_are_made_changed_and_removed_by_the_api_and_all_of_it_is_audited()
    {
        await using var server = await ApiServer.StartAsync();
        var made = await server.Post("users", """{"name": "Ada", "role": "operator", "password": "correct horse battery"}""");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(("Ada", "operator", true), (made.Json.GetProperty("name").GetString(), made.Json.GetProperty("role").GetString(), made.Json.GetProperty("hasPassword").GetBoolean()));
        Assert.DoesNotContain("hash", made.Text.Replace("hasPassword", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await server.Get("users/ada")).Status);
        Assert.Equal("author", (await server.Send(HttpMethod.Patch, "users/ada", """{"role": "author"}""")).Json.GetProperty("role").GetString());
        await server.Send(HttpMethod.Patch, "users/ada", """{"password": "another long password"}""");
        await server.Send(HttpMethod.Patch, "users/ada", """{"disabled": true}""");
        await server.Send(HttpMethod.Patch, "users/ada", """{"disabled": false}""");
        var link = (await server.Post("users/ada/link")).Json.GetProperty("url").GetString()!;
        Assert.StartsWith(server.Url + "/sign-in/once/", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send(HttpMethod.Delete, "users/ADA")).Status);
        (await server.Get("users/ada")).Problem(HttpStatusCode.NotFound, "not_found");

        var audit = await server.Get("audit?target=Ada");
        Assert.Equal(
            ["remove user", "make sign-in link", "enable user", "disable user", "set password", "set role", "create user"],
            audit.Json.EnumerateArray().Select(e => e.GetProperty("action").GetString()));
        Assert.All(audit.Json.EnumerateArray(), e => Assert.Equal(("ada", "127.0.0.1"), (e.GetProperty("actor").GetString(), e.GetProperty("address").GetString())));
        Assert.DoesNotContain("another long password", audit.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role": "viewer"}""", "name must be given")]
    [InlineData("""{"name": "a/b"}""", "letters, digits")]
    [InlineData("""{"name": "local"}""", "the daemon itself")]
    [InlineData("""{"name": "bob", "role": "boss"}""", "The roles are viewer, operator, author, admin")]
    [InlineData("""{"name": "bob", "password": "short"}""", "at least 10")]
    [InlineData("""{"name": "bob", "password": "password123"}""", "most common")]
    [InlineData("""{"name": "margaret-hamilton", "password": "Margaret-Hamilton1"}""", "the user's name")]
    public async Task A_user_that_makes_no_sense_is_refused(string body, string why)
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Contains(why, (await server.Post("users", body)).Problem(HttpStatusCode.BadRequest, "invalid"), StringComparison.Ordinal);
        Assert.Empty(await server.Services.GetUsers());
    }

    [Fact]
    public async Task Two_users_never_have_the_same_name()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("ada", Role.Viewer);
        (await server.Post("users", """{"name": "ADA"}""")).Problem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task The_last_admin_stays_one_whoever_asks()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("root", Role.Admin);
        await server.AddUser("second", Role.Admin);
        await server.Access().CreateAsync("invited", Role.Admin, null, "test"); // has no way in yet, and does not count
        await server.Access().RemoveAsync("second", "test");
        (await server.Send(HttpMethod.Patch, "users/root", """{"role": "author"}""")).Problem(HttpStatusCode.Conflict, "conflict");
        (await server.Send(HttpMethod.Patch, "users/root", """{"disabled": true}""")).Problem(HttpStatusCode.Conflict, "conflict");
        (await server.Send(HttpMethod.Delete, "users/root")).Problem(HttpStatusCode.Conflict, "conflict");
        await server.Access().SetPasswordAsync("invited", People.Password, "test");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send(HttpMethod.Delete, "users/root")).Status);
    }

    [Fact]
    public async Task Of_two_admins_who_remove_each_other_one_stays()
    {
        await using var server = await ApiServer.StartAsync();
        await server.AddUser("ann", Role.Admin);
        await server.AddUser("bob", Role.Admin);
        var answers = await Task.WhenAll(server.Send(HttpMethod.Delete, "users/ann"), server.Send(HttpMethod.Delete, "users/bob"));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], answers.Select(a => a.Status).Order());
        Assert.Single(await server.Services.GetUsers());
    }

    [Fact]
    public async Task Admins_do_the_same_on_the_page_without_scripts()
    {
        await using var server = await ApiServer.StartAsync();
        using var root = await server.SignedIn("root", Role.Admin);
        var added = await root.Fill("users", "users", ("name", "ada"), ("role", "operator"));
        Assert.Contains("/sign-in/once/", added.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await root.Fill("users", "users", ("name", "ada"), ("role", "operator"))).Status);
        Assert.Equal("/users", (await root.Fill("users", "users/ada/role", ("role", "author"))).Location);
        Assert.Equal("/users", (await root.Fill("users", "users/ada/disable")).Location);
        Assert.Contains("disabled", (await root.Get("users")).Text, StringComparison.Ordinal);
        Assert.Equal("/users", (await root.Fill("users", "users/ada/enable")).Location);
        Assert.Equal(Role.Author, (await server.Services.GetUsers()).Single(u => u.Name == "ada").Role);
        Assert.Equal("/users", (await root.Fill("users", "users/ada/remove")).Location);
        var last = await root.Fill("users", "users/root/remove");
        Assert.Equal(HttpStatusCode.Conflict, last.Status);
        Assert.Contains("the last admin", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_admins_are_forbidden_to_others_in_words()
    {
        await using var server = await ApiServer.StartAsync();
        using var ada = await server.SignedIn("ada", Role.Author);
        var seen = await ada.Get("users");
        Assert.Equal(HttpStatusCode.Forbidden, seen.Status);
        Assert.Contains("is author, and this needs admin", seen.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ada.Get("audit")).Status);
    }

    [Fact]
    public async Task The_audit_log_has_pages_and_filters()
    {
        await using var server = await ApiServer.StartAsync(Models.Chain("x", "t"));
        using var ada = await server.SignedIn("ada", Role.Author);
        for (var i = 0; i < 60; i++)
        {
            await server.Engine.Commands.PauseAsync("x", true, "bob");
            await server.Engine.Commands.PauseAsync("x", false, "<b>eve</b>");
        }

        var page = await ada.Get("audit?action=pause");
        Assert.Equal(60, Count(page, ">pause<"));
        var first = await ada.Get("audit?target=x&actor=");
        Assert.Equal(100, Count(first, "<tr>") - 1);
        var older = System.Text.RegularExpressions.Regex.Match(first.Text, "href=\"(audit[^\"]*before=[^\"]*)\"").Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.Contains("target=x", older, StringComparison.Ordinal);
        Assert.Equal(20, Count(await ada.Get(older), "<tr>") - 1);
        Assert.DoesNotContain("<b>eve", page.Text + first.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Get("audit?before=x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.Get("audit?from=yesterday")).Status);
        Assert.Contains("Nothing of this kind was done.", (await ada.Get("audit?actor=nobody&from=2020-01-01")).Text, StringComparison.Ordinal);

        static int Count(Seen seen, string text) => seen.Text.Split(text).Length - 1;
    }
}
