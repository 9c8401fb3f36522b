using System.Security.Cryptography;
using System.Text;

namespace Wizart.Flow.Web;

/// <summary>The tokens that open the API. With none, it is closed to everybody.</summary>
public sealed class ApiTokens
{
    private const int ShortestSecret = 16;
    private readonly (string Name, byte[] Hash)[] _tokens;

    /// <summary>Takes the tokens.</summary>
    /// <exception cref="ArgumentException">A secret is shorter than 16 characters.</exception>
    public ApiTokens(IEnumerable<ApiToken> tokens) => _tokens = [.. tokens.Select(t => (t.Name, Hash: HashOf(Checked(t).Secret)))];

    /// <summary>Takes secrets whose holder the audit log calls <c>api</c>.</summary>
    /// <exception cref="ArgumentException">A secret is shorter than 16 characters.</exception>
    public ApiTokens(IEnumerable<string> secrets)
        : this(secrets.Select(secret => new ApiToken("api", secret)))
    {
    }

    /// <summary>Whose token it is; null when it is nobody's. Takes as long whichever it is, and however much of it is right.</summary>
    public string? HolderOf(string secret)
    {
        var hash = HashOf(secret);
        string? holder = null;
        foreach (var token in _tokens)
            if (CryptographicOperations.FixedTimeEquals(token.Hash, hash)) holder = token.Name;
        return holder;
    }

    private static ApiToken Checked(ApiToken token) => token.Secret.Length >= ShortestSecret
        ? token
        : throw new ArgumentException($"The API token of '{token.Name}' is too short: use at least {ShortestSecret} characters.", nameof(token));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
