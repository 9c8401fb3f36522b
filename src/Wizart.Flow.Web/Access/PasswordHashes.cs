using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Access;

/// <summary>PBKDF2 with HMAC-SHA512 and a salt of its own, as ASP.NET Identity stores it; the count of rounds stands in the hash.</summary>
internal sealed class PasswordHashes : IPasswordHashes
{
    /// <summary>What OWASP asks for with SHA-512; about a tenth of a second.</summary>
    private const int Rounds = 210_000;

    private static readonly object Anybody = new();
    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly Lazy<string> _nobody;

    public PasswordHashes() => _nobody = new Lazy<string>(() => Of(Secrets.NewCode()));

    public string Of(string password) => _hasher.HashPassword(Anybody, password);

    public PasswordCheck Check(string? hash, string password) => _hasher.VerifyHashedPassword(Anybody, hash ?? _nobody.Value, password) switch
    {
        _ when hash is null => PasswordCheck.Wrong,
        PasswordVerificationResult.Success => PasswordCheck.Right,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButOld,
        _ => PasswordCheck.Wrong,
    };
}
