using MimeKit;
using MimeKit.Utils;

namespace Wizart.Flow.Providers.Mail.Messages;

/// <summary>A mail as it goes over the line.</summary>
internal static class MimeMail
{
    /// <summary>The message. Attachments are read from where they are kept.</summary>
    public static MimeMessage Of(Mail mail, MailboxAddress from, IReadOnlyList<MailboxAddress> defaults, DateTimeOffset now)
    {
        var message = new MimeMessage { Subject = mail.Subject, Date = now, MessageId = MimeUtils.GenerateMessageId(from.Domain) };
        message.From.Add(from);
        message.To.AddRange(mail.Recipients.Count > 0 ? mail.Recipients : defaults);
        message.Cc.AddRange(mail.Copies);
        message.ReplyTo.AddRange(mail.Answers);
        // Keeps notes of absence from being sent back: RFC 3834.
        message.Headers.Add("Auto-Submitted", "auto-generated");

        var body = new BodyBuilder { TextBody = string.Join("\n\n", mail.Texts) };
        if (mail.HtmlTexts.Count > 0) body.HtmlBody = string.Join('\n', mail.HtmlTexts);
        if (mail.HtmlTexts.Count > 0 && mail.Texts.Count == 0) body.TextBody = null;
        foreach (var attachment in mail.Attachments)
        {
            using var content = ArtifactFile.Open(attachment);
            body.Attachments.Add(MailText.OneLine(attachment.Name), content, ContentType.Parse(attachment.ContentType));
        }

        message.Body = body.ToMessageBody();
        return message;
    }
}
