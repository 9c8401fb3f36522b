namespace Wizart.Flow.Engine.Access;

/// <summary>Turns passwords into what may be stored.</summary>
public interface IPasswordHashes
{
    /// <summary>A hash with its own salt.</summary>
    string Of(string password);

    /// <summary>Whether the password is the one that was hashed. Takes its time, also when there is no hash.</summary>
    PasswordCheck Check(string? hash, string password);
}

/// <summary>How a password was found.</summary>
public enum PasswordCheck
{
    /// <summary>Another one.</summary>
    Wrong,

    /// <summary>The right one.</summary>
    Right,

    /// <summary>The right one, and its hash is of an older kind: it should be hashed anew.</summary>
    RightButOld,
}
