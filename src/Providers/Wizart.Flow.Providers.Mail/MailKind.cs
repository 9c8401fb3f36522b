using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Mail;

/// <summary>What people need to know of connections of type <c>smtp</c>.</summary>
internal static class MailKind
{
    public static ConnectionKind Describe() => new(
        "smtp", "Mail", "A mail server, for tasks and for callbacks.",
        [
            new("host", SettingType.Text, "The server's name, without smtp:// and without the port.") { Required = true },
            new("port", SettingType.Number, "Its port; by default what is usual with 'tls': 587, 465 or 25."),
            new("tls", SettingType.Choice, "How the connection is encrypted.") { Default = "starttls", Choices = ["starttls", "implicit", "none"] },
            new("user", SettingType.Text, "Who signs in; goes with 'password'."),
            new("password", SettingType.Text, "The password, often one made for programs.") { Secret = true },
            new("from", SettingType.Text, "The sender: flow@example.com or Flow <flow@example.com>.") { Required = true },
            new("to", SettingType.Text, "Default recipients, with commas between them; callbacks go to them."),
            new("timeout", SettingType.Duration, "How long a mail may take.") { Default = "30s" },
            new("fingerprint", SettingType.Text, "SHA-256 of the one certificate that is accepted whoever signed it."),
            new("allowUnencrypted", SettingType.Flag, "Whether 'tls' may be none with a server on another machine.") { Default = "false" },
        ])
    {
        Check = (settings, scope) => new MailServer(settings, scope).Greet(scope.Cancellation),
    };
}
