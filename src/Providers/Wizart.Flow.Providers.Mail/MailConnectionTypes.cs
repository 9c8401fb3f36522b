using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Mail;

/// <summary>Adds this provider's clients.</summary>
public static class MailConnectionTypes
{
    /// <summary>Connections of type <c>smtp</c> give a <see cref="MailServer"/>.</summary>
    public static ConnectionTypes AddMail(this ConnectionTypes types) =>
        types.Add(["smtp"], (settings, scope) => new MailServer(settings, scope)).Describe("smtp", MailKind.Describe);
}
