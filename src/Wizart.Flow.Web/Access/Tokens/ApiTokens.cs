using System.Security.Cryptography;
using System.Text;

namespace Wizart.Flow.Web;

/// <summary>The tokens that open the API beside those that are stored.</summary>
public sealed class ApiTokens
{
    private const int ShortestSecret = 16;
    private readonly (ApiToken Token, byte[] Hash)[] _tokens;

    /// <summary>Takes the tokens.</summary>
    /// <exception cref="ArgumentException">A secret is shorter than 16 characters.</exception>
    public ApiTokens(IEnumerable<ApiToken> tokens) => _tokens = [.. tokens.Select(t => (t, HashOf(Checked(t).Secret)))];

    /// <summary>Takes secrets whose holder the audit log calls <c>api</c>.</summary>
    /// <exception cref="ArgumentException">A secret is shorter than 16 characters.</exception>
    public ApiTokens(IEnumerable<string> secrets)
        : this(secrets.Select(secret => new ApiToken("api", secret)))
    {
    }

    /// <summary>The token of a secret; null when it is none. Takes as long whichever it is, and however much of it is right.</summary>
    public ApiToken? Find(string secret)
    {
        var hash = HashOf(secret);
        ApiToken? found = null;
        foreach (var (token, known) in _tokens)
            if (CryptographicOperations.FixedTimeEquals(known, hash)) found = token;
        return found;
    }

    private static ApiToken Checked(ApiToken token) => token.Secret.Length >= ShortestSecret
        ? token
        : throw new ArgumentException($"The API token of '{token.Name}' is too short: use at least {ShortestSecret} characters.", nameof(token));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
