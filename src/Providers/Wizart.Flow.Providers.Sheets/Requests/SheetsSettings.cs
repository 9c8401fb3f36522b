using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Google.Apis.Auth.OAuth2;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sheets.V4;
using Wizart.Flow.Values;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>The settings of a <c>google-sheets</c> connection, read and checked.</summary>
/// <param name="Id">The connection's id.</param>
/// <param name="Spreadsheet">The spreadsheet's id; null when none is set.</param>
/// <param name="ClientEmail">The service account: whom to share spreadsheets with.</param>
/// <param name="PrivateKey">PKCS #8, as PEM.</param>
/// <param name="KeyId">Which of the account's keys it is; null when not said.</param>
/// <param name="TokenUrl">Where the signed request is changed for a token.</param>
/// <param name="User">For whom the account acts (domain-wide delegation); null for itself.</param>
/// <param name="Url">The API.</param>
/// <param name="Timeout">For each try.</param>
/// <param name="Retries">Further tries.</param>
internal sealed partial record SheetsSettings(
    string Id,
    string? Spreadsheet,
    string ClientEmail,
    string PrivateKey,
    string? KeyId,
    string TokenUrl,
    string? User,
    string Url,
    TimeSpan Timeout,
    int Retries)
{
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public static SheetsSettings Read(ConnectionSettings settings) => new(
        settings.Id,
        settings.Find("spreadsheet") is { } spreadsheet ? ReadSpreadsheet(spreadsheet) ?? throw WrongSpreadsheet(settings) : null,
        ReadEmail(settings),
        ReadKey(settings),
        settings.Find("private_key_id"),
        ReadUrl(settings, "token_uri", GoogleAuthConsts.OidcTokenUrl),
        settings.Find("user"),
        ReadUrl(settings, "url", SheetsService.DefaultUrl),
        ReadTimeout(settings),
        ReadRetries(settings));

    /// <summary>The id in a spreadsheet's address, or the id itself; null when it is neither.</summary>
    public static string? ReadSpreadsheet(string text)
    {
        var inUrl = SpreadsheetUrl().Match(text);
        if (inUrl.Success) return inUrl.Groups[1].Value;
        return SpreadsheetId().IsMatch(text) ? text : null;
    }

    /// <summary>Neither the key nor anything else of worth.</summary>
    public override string ToString() => $"google-sheets connection '{Id}'";

    private static string ReadEmail(ConnectionSettings settings)
    {
        var email = settings.Require("client_email");
        return email.IndexOf('@') > 0 && !email.Any(char.IsWhiteSpace)
            ? email
            : throw Wrong(settings, "client_email", $"is '{email}', which is no address. Take it from the service account's key file");
    }

    private static string ReadKey(ConnectionSettings settings)
    {
        // An environment variable often holds the key as it stands in the JSON file: with \n for line breaks.
        var key = settings.Require("private_key").Replace("\\n", "\n", StringComparison.Ordinal);
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(key);
            if (key.Contains("PRIVATE KEY", StringComparison.Ordinal)) return key;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // The reason is not told: it may quote the key.
            throw Wrong(settings, "private_key", KeyAdvice);
        }

        throw Wrong(settings, "private_key", KeyAdvice);
    }

    private static string ReadUrl(ConnectionSettings settings, string name, string unset)
    {
        var text = settings.Find(name) ?? unset;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw Wrong(settings, name, "is no https:// address");
        if (url.Scheme == "http" && !url.IsLoopback)
            throw Wrong(settings, name, "is an http:// address of another machine: credentials would go there unencrypted. Use https://");
        return name == "url" && !text.EndsWith('/') ? text + "/" : text;
    }

    private static TimeSpan ReadTimeout(ConnectionSettings settings)
    {
        if (settings.Find("timeout") is not { } text) return TimeSpan.FromSeconds(100);
        var timeout = DurationText.Read(text);
        return timeout >= TimeSpan.FromMilliseconds(10) && timeout <= TimeSpan.FromDays(1)
            ? timeout.Value
            : throw Wrong(settings, "timeout", $"is '{text}', which is no time from 10ms to 1d. Write it as 500ms, 20s or 5m");
    }

    private static int ReadRetries(ConnectionSettings settings)
    {
        // Six waits from one second up outlast the minute for which Google's quotas count.
        if (settings.Find("retries") is not { } text) return 6;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) && retries <= 20
            ? retries
            : throw Wrong(settings, "retries", $"is '{text}', which is no number from 0 to 20");
    }

    private static ConnectionException WrongSpreadsheet(ConnectionSettings settings) =>
        Wrong(settings, "spreadsheet", "is neither the address of a spreadsheet nor the id in it (…/spreadsheets/d/<id>/edit)");

    private static ConnectionException Wrong(ConnectionSettings settings, string name, string what) =>
        new($"Connection '{settings.Id}' ({settings.Type}): '{name}' {what}.");

    private const string KeyAdvice =
        "is no private key. Take it from the service account's key file as it stands, from -----BEGIN PRIVATE KEY----- to the end";

    [GeneratedRegex("/spreadsheets/d/([A-Za-z0-9_-]+)")]
    private static partial Regex SpreadsheetUrl();

    [GeneratedRegex("^[A-Za-z0-9_-]{5,}$")]
    private static partial Regex SpreadsheetId();
}
