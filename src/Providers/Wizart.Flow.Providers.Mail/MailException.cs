namespace Wizart.Flow.Providers.Mail;

/// <summary>A mail that was not sent, or not known to be.</summary>
public sealed class MailException : Exception
{
    internal MailException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The server's status code, such as 550; null when it gave none.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the same mail may be taken later: the server was busy (4xx), or could not be reached.</summary>
    public bool IsTransient { get; init; }
}
