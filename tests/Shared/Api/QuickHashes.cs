using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web.Tests;

/// <summary>Hashes that cost no time: the real ones are meant to.</summary>
internal sealed class QuickHashes : IPasswordHashes
{
    public string Of(string password) => Secrets.HashOf(password);

    public PasswordCheck Check(string? hash, string password) => hash == Of(password) ? PasswordCheck.Right : PasswordCheck.Wrong;
}
