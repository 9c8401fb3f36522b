using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wizart.Flow.TestServers.Sheets;

/// <summary>A service account with a key of its own, and what Google's token server checks of what it signed.</summary>
internal sealed class ServiceAccount
{
    public const string KeyId = "4f1c0ffee";

    // Making a key takes a while; which one it is matters to nobody.
    private static readonly RSA Known = RSA.Create(2048);

    public string Email => "flow@metrics.iam.gserviceaccount.com";

    public string PrivateKey => Known.ExportPkcs8PrivateKeyPem();

    /// <summary>The claims of the last request for a token that was right.</summary>
    public JsonObject? Claims { get; private set; }

    /// <summary>What is wrong with a signed request, as Google words it; null when it is right.</summary>
    public string? Refuse(string assertion, DateTimeOffset now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3) return "Invalid JWT: it has no three parts.";
        var header = Read(parts[0]);
        if ((string?)header["alg"] != "RS256" || (string?)header["typ"] != "JWT") return "Invalid JWT: not RS256.";
        if ((string?)header["kid"] != KeyId) return "Invalid JWT Signature.";
        var signed = System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        if (!Known.VerifyData(signed, Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return "Invalid JWT Signature.";

        var claims = Read(parts[1]);
        if ((string?)claims["iss"] != Email) return "Invalid grant: account not found";
        if ((string?)claims["aud"] != "https://oauth2.googleapis.com/token") return "Invalid JWT: audience.";
        if ((string?)claims["scope"] != "https://www.googleapis.com/auth/spreadsheets") return "Invalid scope.";
        var issued = DateTimeOffset.FromUnixTimeSeconds((long)claims["iat"]!);
        var expires = DateTimeOffset.FromUnixTimeSeconds((long)claims["exp"]!);
        if (issued > now.AddMinutes(5) || expires < now || expires - issued > TimeSpan.FromHours(1))
            return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.";
        Claims = claims;
        return null;
    }

    private static JsonObject Read(string part) => JsonSerializer.Deserialize<JsonObject>(Bytes(part))!;

    private static byte[] Bytes(string base64Url)
    {
        var text = base64Url.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
