using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Http;

/// <summary>What people need to know of connections of type <c>http</c>.</summary>
internal static class HttpKind
{
    public static ConnectionKind Describe() => new(
        "http", "Web API", "An HTTP server that tasks call.",
        [
            new("url", SettingType.Url, "The base address, http:// or https://; paths in scripts are relative to it.") { Required = true },
            new("token", SettingType.Text, "Sent as 'Authorization: Bearer …'.") { Secret = true },
            new("username", SettingType.Text, "For basic authentication."),
            new("password", SettingType.Text, "For basic authentication.") { Secret = true },
            new("timeout", SettingType.Duration, "How long one try may take.") { Default = "100s" },
            new("retries", SettingType.Number, "How often a passing failure is tried again, from 0 to 20.") { Default = "3" },
            new("userAgent", SettingType.Text, "What the server is told as User-Agent.") { Default = "Wizart.Flow" },
            new("loadTest", SettingType.Flag, "Whether this server may be load-tested.") { Default = "false" },
        ])
    {
        Further = ["header."],
        Check = CheckAsync,
    };

    /// <summary>Gets the base address once. An answer is an answer, but for one that refuses the credentials.</summary>
    private static async Task<string> CheckAsync(ConnectionSettings settings, ConnectionScope scope)
    {
        var once = new Dictionary<string, string>(settings.Values.Where(v => !v.Key.Equals("retries", StringComparison.OrdinalIgnoreCase)), StringComparer.Ordinal)
        {
            ["retries"] = "0",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, (Uri?)null);
        using var response = await new HttpApi(settings with { Values = once }, scope).Send(request, scope.Cancellation);
        var status = (int)response.StatusCode;
        if (status is 401 or 403)
            throw new ConnectionException($"The server answers {status}: it does not accept these credentials, or wants some. Check 'token', or 'username' and 'password'.");
        if (status >= 500) throw new ConnectionException($"The server is there, and answers {status} at its base address.");
        return $"The server answers {status} at its base address.";
    }
}
