using Wizart.Flow.Engine.Access;

namespace Wizart.Flow.Web;

/// <summary>A secret that opens the API and that no database knows, such as the one in <c>daemon.json</c>.</summary>
/// <param name="Name">Who holds it; what the audit log says.</param>
/// <param name="Secret">The secret itself; never logged.</param>
/// <param name="Role">What it may do.</param>
public sealed record ApiToken(string Name, string Secret, Role Role = Role.Admin)
{
    /// <inheritdoc/>
    public override string ToString() => $"token of {Name}";
}
