using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sheets;

/// <summary>What people need to know of connections of type <c>google-sheets</c>.</summary>
internal static class SheetsKind
{
    public static ConnectionKind Describe() => new(
        "google-sheets", "Google Sheets", "A spreadsheet, reached as a service account.",
        [
            new("spreadsheet", SettingType.Text, "The address of the spreadsheet, or the id in it. Share it with the service account."),
            new("client_email", SettingType.Text, "The service account's address, from its key file.") { Required = true },
            new("private_key", SettingType.LongText, "The key from the key file, from -----BEGIN PRIVATE KEY----- to the end.") { Required = true, Secret = true },
            new("private_key_id", SettingType.Text, "Which key it is, from the key file."),
            new("token_uri", SettingType.Url, "Where tokens come from.") { Default = "https://oauth2.googleapis.com/token" },
            new("user", SettingType.Text, "Whom the service account stands for, where a domain allows that."),
            new("url", SettingType.Url, "Where the Sheets service is.") { Default = "https://sheets.googleapis.com/" },
            new("timeout", SettingType.Duration, "How long one try may take.") { Default = "100s" },
            new("retries", SettingType.Number, "How often a passing failure is tried again, from 0 to 20.") { Default = "6" },
        ])
    {
        // The rest of a key file, which people paste as a whole.
        Further = ["project_id", "client_id", "auth_uri", "auth_provider_x509_cert_url", "client_x509_cert_url", "universe_domain"],
        Check = CheckAsync,
    };

    private static async Task<string> CheckAsync(ConnectionSettings settings, ConnectionScope scope)
    {
        var once = new Dictionary<string, string>(settings.Values.Where(v => !v.Key.Equals("retries", StringComparison.OrdinalIgnoreCase)), StringComparer.Ordinal)
        {
            ["retries"] = "0",
        };
        using var sheets = new GoogleSheets(settings with { Values = once }, scope);
        return await sheets.Greet(scope.Cancellation);
    }
}
