using System.Text.Json;
using System.Text.Json.Nodes;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>What is to change of a user; what is null stays.</summary>
internal sealed record UserChange
{
    public string? Role { get; init; }

    public string? Password { get; init; }

    public bool? Disabled { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "a change of a user";
}

internal sealed partial class FlowClient
{
    public Task<UserResource[]> UsersAsync(CancellationToken cancellation) => Get("users", ApiJson.Default.UserResourceArray, cancellation);

    public Task<UserResource> AddUserAsync(string name, string role, string? password, CancellationToken cancellation) => Send(
        HttpMethod.Post, "users", Body(("name", name), ("role", role), ("password", password)), ApiJson.Default.UserResource, cancellation);

    public Task<UserResource> ChangeUserAsync(string name, UserChange change, CancellationToken cancellation) => Send(
        HttpMethod.Patch, $"users/{Part(name)}", Body(("role", change.Role), ("password", change.Password), ("disabled", change.Disabled)),
        ApiJson.Default.UserResource, cancellation);

    public async Task RemoveUserAsync(string name, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(HttpMethod.Delete, $"users/{Part(name)}", null, cancellation);
    }

    public Task<LinkResource> LinkUserAsync(string name, CancellationToken cancellation) =>
        Send(HttpMethod.Post, $"users/{Part(name)}/link", null, ApiJson.Default.LinkResource, cancellation);

    public Task<TokenResource[]> TokensAsync(CancellationToken cancellation) => Get("tokens", ApiJson.Default.TokenResourceArray, cancellation);

    public Task<NewTokenResource> MakeTokenAsync(string name, string role, DateTimeOffset? expiresAt, CancellationToken cancellation) => Send(
        HttpMethod.Post, "tokens", Body(("name", name), ("role", role), ("expiresAt", expiresAt)), ApiJson.Default.NewTokenResource, cancellation);

    public async Task RevokeTokenAsync(long id, CancellationToken cancellation)
    {
        using var response = await _calls.SendAsync(HttpMethod.Delete, $"tokens/{id}", null, cancellation);
    }

    /// <summary>A JSON object of those that are not null.</summary>
    private static StringContent Body(params (string Name, JsonNode? Value)[] properties)
    {
        var body = new JsonObject();
        foreach (var (name, value) in properties)
            if (value is not null) body[name] = value;
        return new StringContent(body.ToJsonString(JsonSerializerOptions.Default));
    }
}
