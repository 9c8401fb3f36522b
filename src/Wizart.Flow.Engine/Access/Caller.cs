namespace Wizart.Flow.Engine.Access;

/// <summary>Who asks for something, and from where: what the audit log says.</summary>
/// <param name="Name">The user, the token as <c>owner/token</c>, or the part of the system.</param>
/// <param name="Address">Where it came from: the address of the other end, or <c>daemon</c> for what the daemon does by itself.</param>
public readonly record struct Caller(string Name, string? Address = null)
{
    /// <summary>The address of what the daemon does by itself.</summary>
    public const string Inside = "daemon";

    /// <summary>Somebody who asks from inside this program.</summary>
    public static implicit operator Caller(string name) => new(name);

    /// <summary>The same as the conversion.</summary>
    public static Caller FromString(string name) => name;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
