namespace Wizart.Flow.Web;

/// <summary>A secret that opens the API.</summary>
/// <param name="Name">Who holds it; what the audit log says.</param>
/// <param name="Secret">The secret itself; never logged.</param>
public sealed record ApiToken(string Name, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"token of {Name}";
}
