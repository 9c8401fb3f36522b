namespace Wizart.Flow.Web;

internal static partial class ApiWords
{
    private static IEnumerable<EndpointWords> Access =>
    [
        Get<SessionResource>("/session", "GetSession", "Who asks, and what the caller may do."),
        Get<UserResource[]>("/users", "ListUsers", "Who may sign in.").Paged(),
        Send<CreateUserRequest, UserResource>("POST", "/users", "CreateUser", "Makes a user; without a password one that sets it through a link.", 201),
        Get<UserResource>("/users/{name}", "GetUser", "One user."),
        Send<ChangeUserRequest, UserResource>("PATCH", "/users/{name}", "ChangeUser", "Changes role, password, or whether the user may sign in; what is left out stays."),
        new EndpointWords("DELETE", "/users/{name}", "RemoveUser", "Removes a user with all sessions and tokens.") { Status = 204 },
        Do<LinkResource>("/users/{name}/link", "MakeSignInLink", "Makes a link with which the user sets a password, once."),
        Get<TokenResource[]>("/tokens", "ListTokens", "Tokens, without their secrets: all for an admin, otherwise the caller's own.").Paged(),
        Send<CreateTokenRequest, NewTokenResource>("POST", "/tokens", "CreateToken", "Makes a token of the caller's own; only this answer shows its secret.", 201),
        new EndpointWords("DELETE", "/tokens/{id}", "RevokeToken", "Takes a token back.") { Status = 204 },
    ];
}
