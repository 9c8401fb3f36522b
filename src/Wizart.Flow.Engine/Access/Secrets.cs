using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Wizart.Flow.Engine.Access;

/// <summary>Secrets that nobody guesses, and what of them may be stored.</summary>
public static class Secrets
{
    /// <summary>How a token begins, so that a person or a scanner knows one when it lies about.</summary>
    public const string TokenPrefix = "flow_";

    /// <summary>A new token: 256 bits.</summary>
    public static string NewToken() => TokenPrefix + NewCode();

    /// <summary>A new code for a link: 256 bits that fit into an address.</summary>
    public static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A new stamp or session number: 128 bits.</summary>
    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>SHA-256 as 64 lower-case hexadecimal digits. Enough for secrets of 256 bits; passwords need <see cref="IPasswordHashes"/>.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
