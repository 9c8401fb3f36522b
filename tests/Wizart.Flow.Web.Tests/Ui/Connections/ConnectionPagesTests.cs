using System.Net;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Connections;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests.Ui.Connections;

public sealed class ConnectionPagesTests
{
    private const string Secret = "very-secret-token";

    [Fact]
    public async Task A_secret_goes_in_and_never_comes_back()
    {
        await using var server = await ApiServer.StartAsync();
        (await server.Html("connections/new?type=shop&id=shop")).Says("New Shop", "value=\"shop\"", "name=\"setting.token\" type=\"password\"");
        (await AddAsync(server)).LeadsTo("connections");
        foreach (var path in (string[])["connections", "connections/shop"])
            (await server.Html(path)).SaysNot(Secret);
        (await server.Html("connections/shop")).Says("value=\"http://shop\"", "stays as it is", "name=\"remove.token\"");
        Assert.Equal("http://shop does not know '***'.", (await server.Post("connections/shop/test", """{"values": {"url": "http://shop", "mode": "slow", "token": "***"}}""")).Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_secret_that_is_left_empty_stays_and_is_removed_when_that_is_asked_for()
    {
        await using var server = await ApiServer.StartAsync();
        await AddAsync(server);
        (await server.Form("connections/shop", ("setting.url", "http://shop/other"), ("setting.token", ""))).LeadsTo("connections");
        Assert.Equal(("http://shop/other", 1), await SettingsAsync(server));
        (await server.Form("connections/shop", ("setting.url", "http://shop/other"), ("remove.token", "true"))).LeadsTo("connections");
        Assert.Equal(("http://shop/other", 0), await SettingsAsync(server));
        (await server.Html("connections/shop")).SaysNot("stays as it is");
    }

    [Fact]
    public async Task It_is_tried_as_it_stands_in_the_form_and_the_secret_is_not_told()
    {
        await using var server = await ApiServer.StartAsync();
        await AddAsync(server);
        (await server.Form("connections/shop", ("do", "try"), ("setting.url", "http://shop/new"))).Text.Says("It works.", "It answers http://shop/new.");
        var bad = await server.Form("connections/shop", ("do", "try"), ("setting.url", "http://shop/new"), ("setting.mode", "slow"), ("setting.token", "another-secret"));
        bad.Text.Says("It does not work.", "http://shop/new does not know '***'.", "value=\"http://shop/new\"");
        bad.Text.SaysNot("another-secret", Secret);
        Assert.Equal(("http://shop", 1), await SettingsAsync(server)); // nothing was kept
        (await server.Form("connections/new", ("type", "shop"), ("id", "fresh"), ("do", "try"), ("setting.url", "http://fresh"))).Text.Says("It answers http://fresh.");
        Assert.Single((await server.Get("connections")).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_secret_that_is_stored_is_not_sent_to_another_server()
    {
        await using var server = await ApiServer.StartAsync();
        await AddAsync(server);
        var answer = await server.Form("connections/shop", ("setting.url", "http://evil"));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says("give token again");
        (await server.Form("connections/shop", ("do", "try"), ("setting.url", "http://evil"))).Text.SaysNot("It works.");
        Assert.Equal(("http://shop", 1), await SettingsAsync(server));
        (await server.Form("connections/shop", ("setting.url", "http://moved"), ("setting.token", "a-new-one"))).LeadsTo("connections");
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.Form("connections/new", ("type", "shop"), ("id", "shop"), ("setting.url", ""), ("setting.retries", "few"), ("setting.token", Secret), ("description", "<script>alert(1)</script>"));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says("url must be given", "retries", "aria-invalid=\"true\"", "value=\"few\"");
        answer.Text.SaysNot(Secret);
        answer.Text.IsHarmless();
        Assert.Equal(2, answer.Text.Split("class=\"mistake\"").Length - 1);
        Assert.Empty((await server.Get("connections")).Json.EnumerateArray());
        Assert.Equal((HttpStatusCode)422, (await server.Form("connections/new", ("type", "shop"), ("id", "a b"), ("setting.url", "http://shop"))).Status);
    }

    [Fact]
    public async Task Two_of_one_name_are_refused_and_the_first_stays()
    {
        await using var server = await ApiServer.StartAsync();
        await AddAsync(server);
        var answer = await server.Form("connections/new", ("type", "mute"), ("id", "shop"));
        Assert.Equal((HttpStatusCode)422, answer.Status);
        answer.Text.Says("There is a connection 'shop' already.");
        Assert.Equal(("http://shop", 1), await SettingsAsync(server));
        (await server.Page("connections/nope")).IsMissing("nope");
        (await server.Page("connections/new?type=nope")).IsMissing("There is no type of connection 'nope'.");
    }

    [Fact]
    public async Task One_of_a_file_is_seen_and_tried_but_not_changed_here()
    {
        await using var server = await ApiServer.StartAsync();
        server.Given.Known.Add(new KnownConnection("shop", "shop", ConnectionOrigin.File, new ConnectionSettings("shop", "shop", new Dictionary<string, string> { ["url"] = "http://me:pass@file", ["token"] = Secret })));
        var page = await server.Html("connections/shop");
        page.Says("It stands in connections.json", "<fieldset disabled", "http://me:***@file");
        page.SaysNot(Secret, "me:pass", "value=\"save\"", "action=\"connections/shop/remove\"");
        (await server.Form("connections/shop", ("do", "try"))).Text.Says("It works.");
        Assert.Equal((HttpStatusCode)422, (await server.Form("connections/shop", ("setting.url", "http://evil"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await server.Form("connections/shop/remove")).Status);
    }

    [Fact]
    public async Task Those_that_scripts_name_and_nobody_defined_are_told_and_who_uses_which()
    {
        var model = Models.Chain("etl", "only");
        await using var server = await ApiServer.StartAsync(model with { Tasks = [model.Tasks[0] with { Inputs = [new InputModel(InputKind.Connection, "shop", new TypeModel("Shop"))] }] });
        (await server.Html("connections")).Says("Scripts name connections that are not defined:", "<code>shop</code> (etl)", "No connections yet.");
        await AddAsync(server);
        var page = await server.Html("connections");
        page.SaysNot("Scripts name connections that are not defined:");
        page.Says("href=\"dags/etl\"", "the database");
        (await server.Form("connections/shop/remove")).LeadsTo("connections");
        (await server.Html("connections")).Says("<code>shop</code> (etl)");
    }

    [Fact]
    public async Task A_viewer_sees_the_list_and_no_form()
    {
        await using var server = await ApiServer.StartAsync();
        await AddAsync(server);
        using var eve = await server.SignedIn("eve", Role.Operator);
        (await eve.Get("connections")).Text.SaysNot("href=\"connections/");
        Assert.Equal(HttpStatusCode.Forbidden, (await eve.Get("connections/shop")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await eve.Get("connections/new?type=shop")).Status);
    }

    private static Task<Answer> AddAsync(ApiServer server) =>
        server.Form("connections/new", ("type", "shop"), ("id", "shop"), ("setting.url", "http://shop"), ("setting.token", Secret), ("do", "save"));

    private static async Task<(string? Url, int Secrets)> SettingsAsync(ApiServer server)
    {
        var shop = (await server.Get("connections/shop")).Json;
        return (shop.GetProperty("values").GetProperty("url").GetString(), shop.GetProperty("secrets").GetArrayLength());
    }
}
