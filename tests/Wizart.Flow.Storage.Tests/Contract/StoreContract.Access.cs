using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly User Ada = new()
    {
        Name = "Ada",
        PasswordHash = "hash",
        Role = Role.Admin,
        Stamp = "s1",
        CreatedAt = Sample.Noon,
        SignedInAt = Sample.Noon.AddHours(1),
    };

    private static readonly User Bob = new()
    {
        Name = "боб",
        Role = Role.Viewer,
        Stamp = "s2",
        CreatedAt = Sample.Noon,
        DisabledAt = Sample.Noon.AddDays(1),
        External = "https://id 7",
    };

    [Fact]
    public async Task Users_are_found_whatever_the_case_of_their_names()
    {
        await DoAsync(async t =>
        {
            await t.SaveUserAsync(Bob);
            await t.SaveUserAsync(Ada);
        });
        Assert.Equal([Ada, Bob], await Store.UsersAsync(Cancellation));
        Assert.Equal(Ada, await Store.UserAsync("aDA", Cancellation));
        Assert.Equal(Bob, await Store.UserAsync("БОБ", Cancellation));
        Assert.Equal(Bob, await Store.ExternalUserAsync("https://id 7", Cancellation));
        Assert.Null(await Store.UserAsync("ad", Cancellation));
        Assert.Null(await Store.ExternalUserAsync("https://id 8", Cancellation));
    }

    [Fact]
    public async Task A_user_is_changed_in_place()
    {
        var changed = Ada with { Role = Role.Operator, PasswordHash = "new", Stamp = "s3", DisabledAt = Sample.Noon, SignedInAt = null };
        await DoAsync(t => t.SaveUserAsync(Ada));
        await DoAsync(t => t.SaveUserAsync(changed));
        Assert.Equal([changed], await Store.UsersAsync(Cancellation));
        Assert.Equal([changed], await DoAsync(t => t.LockUsersAsync()));
    }

    [Fact]
    public async Task A_session_is_over_when_its_user_has_another_stamp()
    {
        var session = new Session("abc", "Ada", "s1", Sample.Noon, Sample.Noon.AddDays(14), "192.0.2.7");
        await DoAsync(async t =>
        {
            await t.SaveUserAsync(Ada);
            await t.SaveSessionAsync(session);
        });
        Assert.Equal((session, Ada), await Store.SessionAsync("abc", Cancellation));
        var longer = session with { ExpiresAt = Sample.Noon.AddDays(20) };
        await DoAsync(t => t.SaveSessionAsync(longer));
        Assert.Equal((longer, Ada), await Store.SessionAsync("abc", Cancellation));

        await DoAsync(t => t.SaveUserAsync(Ada with { Stamp = "s2" }));
        Assert.Null(await Store.SessionAsync("abc", Cancellation));
        Assert.Null(await Store.SessionAsync("nobody's", Cancellation));
    }

    [Fact]
    public async Task Sessions_end_one_by_one_all_of_a_user_or_by_age()
    {
        await DoAsync(async t =>
        {
            await t.SaveUserAsync(Ada);
            await t.SaveUserAsync(Bob);
            foreach (var id in (string[])["1", "2", "3"]) await t.SaveSessionAsync(new Session(id, "ada", "s1", Sample.Noon, Sample.Noon, null));
            await t.SaveSessionAsync(new Session("4", "боб", "s2", Sample.Noon, Sample.Noon.AddDays(1), null));
            await t.SaveSessionAsync(new Session("5", "боб", "s2", Sample.Noon, Sample.Noon, null));
        });
        await DoAsync(t => t.EndSessionAsync("1"));
        Assert.Null(await Store.SessionAsync("1", Cancellation));
        Assert.NotNull(await Store.SessionAsync("2", Cancellation));
        await DoAsync(t => t.EndSessionsAsync("ADA"));
        Assert.Null(await Store.SessionAsync("2", Cancellation));
        Assert.Equal(1, await DoAsync(t => t.RemoveExpiredAccessAsync(Sample.Noon.AddHours(1))));
        Assert.NotNull(await Store.SessionAsync("4", Cancellation));
        Assert.Null(await Store.SessionAsync("5", Cancellation));
    }

    [Fact]
    public async Task Tokens_are_found_by_hash_and_owner_and_revoked_once()
    {
        var first = await DoAsync(t => t.InsertTokenAsync(Token("ci", "Ada")));
        var second = await DoAsync(t => t.InsertTokenAsync(Token("cd", "bob")));
        Assert.True(second.Id > first.Id);
        Assert.Equal(first, await Store.TokenAsync(first.Hash, Cancellation));
        Assert.Null(await Store.TokenAsync(new string('0', 64), Cancellation));
        Assert.Equal([second, first], await Store.TokensAsync(null, Cancellation));
        Assert.Equal([first], await Store.TokensAsync("ada", Cancellation));

        await DoAsync(t => t.UseTokenAsync(first.Id, Sample.Noon.AddMinutes(1)));
        Assert.True(await DoAsync(t => t.RevokeTokenAsync(first.Id, Sample.Noon.AddMinutes(2))));
        Assert.False(await DoAsync(t => t.RevokeTokenAsync(first.Id, Sample.Noon.AddMinutes(3))));
        Assert.False(await DoAsync(t => t.RevokeTokenAsync(4711, Sample.Noon)));
        Assert.Equal(
            first with { UsedAt = Sample.Noon.AddMinutes(1), RevokedAt = Sample.Noon.AddMinutes(2) }, await Store.TokenAsync(first.Hash, Cancellation));
    }

    [Fact]
    public async Task A_link_is_taken_once()
    {
        var link = new SignInLink(new string('a', 64), "Ada", Sample.Noon.AddHours(1));
        var first = new SignInLink(new string('b', 64), null, Sample.Noon);
        await DoAsync(async t =>
        {
            await t.SaveUserAsync(Ada);
            await t.SaveLinkAsync(link);
            await t.SaveLinkAsync(first);
        });
        Assert.Equal(link, await Store.LinkAsync(link.Hash, Cancellation));
        Assert.Equal(first, await Store.LinkAsync(first.Hash, Cancellation));
        await DoAsync(t => t.RemoveFirstLinksAsync());
        Assert.Null(await Store.LinkAsync(first.Hash, Cancellation));
        Assert.True(await DoAsync(t => t.TakeLinkAsync(link.Hash)));
        Assert.False(await DoAsync(t => t.TakeLinkAsync(link.Hash)));
        Assert.Null(await Store.LinkAsync(link.Hash, Cancellation));
    }

    [Fact]
    public async Task With_a_user_go_sessions_tokens_and_links()
    {
        var token = await DoAsync(async t =>
        {
            await t.SaveUserAsync(Ada);
            await t.SaveUserAsync(Bob);
            await t.SaveSessionAsync(new Session("1", "ada", "s1", Sample.Noon, Sample.Noon, null));
            await t.SaveSessionAsync(new Session("2", "боб", "s2", Sample.Noon, Sample.Noon, null));
            await t.SaveLinkAsync(new SignInLink("x", "ada", Sample.Noon));
            return await t.InsertTokenAsync(Token("ci", "Ada"));
        });
        await DoAsync(t => t.RemoveUserAsync("ADA"));
        Assert.Equal([Bob], await Store.UsersAsync(Cancellation));
        Assert.Null(await Store.SessionAsync("1", Cancellation));
        Assert.NotNull(await Store.SessionAsync("2", Cancellation));
        Assert.Null(await Store.TokenAsync(token.Hash, Cancellation));
        Assert.Null(await Store.LinkAsync("x", Cancellation));
    }

    private static StoredToken Token(string name, string owner) => new()
    {
        Name = name,
        Owner = owner,
        Hash = Secrets.HashOf(name),
        Role = Role.Author,
        CreatedAt = Sample.Noon,
        ExpiresAt = Sample.Noon.AddDays(30),
    };
}
