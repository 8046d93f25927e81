using HelpDesk.Customers;
using HelpDesk.Web;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Reads a raw mail. It is lenient, as mail is; what it cannot do without is a sender.</summary>
internal sealed class MailReading(InboundOptions options)
{
    public const int MostBody = 100_000;
    private const int MostSubject = 500;
    private const int MostName = 200;
    private const int MostAnswers = 50;
    private const int MostQuoted = 1_000_000;

    private static readonly ParserOptions Parser = new() { MaxMimeDepth = 40, MaxAddressGroupDepth = 3 };

    /// <summary>The stream must stay open for as long as the files are read.</summary>
    public ReceivedMail Read(Stream raw, CancellationToken cancel)
    {
        if (FieldWork.IsTooMuch(raw)) throw Malformed("its header fields have more lines than can be read.");
        MimeMessage mail;
        try
        {
            mail = MimeMessage.Load(Parser, raw, persistent: true, cancel);
        }
        catch (FormatException error)
        {
            throw Malformed(error.Message);
        }

        try
        {
            return Understand(mail);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Malformed(error.Message);
        }
    }

    private static Refusal Malformed(string words) =>
        new(StatusCodes.Status400BadRequest, "malformed", "The request is malformed", $"The body is not a mail as it stands in RFC 5322: {CleanText.Line(words, 300)}");

    private ReceivedMail Understand(MimeMessage mail)
    {
        var returned = ReturnedMail.Of(mail);
        // A report may come from nobody but the mail system: what it says of the desk's mail is heeded, and it is nobody's words.
        var sender = SenderOf(mail) ?? (returned.Count > 0 ? MailPerson.Nobody : throw NoSender());
        var replyTo = PersonOf(mail.ReplyTo);
        var body = MailBody.Of(mail);
        var text = CleanText.Of(body.Text).Trim();
        var subject = CleanText.Line(mail.Subject ?? "", MostSubject);
        var (fresh, quoted) = QuotedHistory.Split(text, isForward: QuotedHistory.IsForward(subject));
        var isWhole = fresh.Length <= MostBody;
        return new ReceivedMail
        {
            MessageId = IdOf(mail.MessageId),
            Answers = AnswersOf(mail),
            Sender = sender,
            ReplyTo = replyTo?.Address == sender.Address ? null : replyTo,
            Recipients = [.. RecipientsOf(mail)],
            Subject = subject.Length == 0 ? "(no subject)" : subject,
            Body = fresh.Length == 0 ? "(This mail has no words.)" : CleanText.Cut(fresh, MostBody),
            Quoted = quoted is null ? null : CleanText.Cut(quoted, MostQuoted),
            WholeText = isWhole ? null : fresh,
            Files = body.Files,
            IsAutomated = AutomaticMail.Is(mail, sender, options.OwnLists),
            IsDoubtful = AutomaticMail.FailedItsCheck(mail),
            Locale = LocaleOf(mail.Headers["Content-Language"] ?? mail.Body?.Headers["Content-Language"]),
            Returned = returned,
        };
    }

    public static Refusal NoSender() => Refusal.Impossible(
        "no-sender", "The mail does not say whom it is from: its From is missing, no e-mail address, or several, so that nobody could be answered.");

    /// <summary>
    /// From alone: it is what mail servers check, and neither Sender nor Return-Path speaks for anybody. Who names several there would have each of them speak, whom no check holds to all of
    /// them; null then, and where it names none.
    /// </summary>
    private static MailPerson? SenderOf(MimeMessage mail)
    {
        // "Lovelace, Ada <ada@example.org>", as it is not to be written, is one address.
        var named = mail.From.Mailboxes.Where(mailbox => mailbox.Address?.Contains('@', StringComparison.Ordinal) == true).ToList();
        return named.DistinctBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase).Take(2).Count() == 1 ? PersonOf([named[0]]) : null;
    }

    private static MailPerson? PersonOf(InternetAddressList list)
    {
        foreach (var mailbox in list.Mailboxes)
        {
            var address = CustomerRules.EmailOf(CleanText.Of(mailbox.Address ?? ""))!;
            if (!EmailAddress.IsOne(address)) continue;
            var name = CleanText.Line(mailbox.Name ?? "", MostName).Trim('"', '\'', ' ');
            return new(address, name.Length == 0 || name.Contains('@', StringComparison.Ordinal) ? null : name);
        }

        return null;
    }

    private static IReadOnlyList<string> AnswersOf(MimeMessage mail) =>
        [.. mail.References.Reverse().Prepend(mail.InReplyTo).Select(IdOf).OfType<string>().Distinct().Take(MostAnswers)];

    private static string? IdOf(string? given)
    {
        var id = CleanText.Of(given ?? "").Trim().Trim('<', '>').Trim();
        return id.Length is 0 or > 1000 ? null : id;
    }

    private static IEnumerable<string> RecipientsOf(MimeMessage mail)
    {
        string[] added = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To"];
        var lists = mail.Headers.Where(header => added.Contains(header.Field, StringComparer.OrdinalIgnoreCase))
            .Select(header => InternetAddressList.TryParse(Parser, header.Value ?? "", out var list) ? list : []);
        return lists.Append(mail.To).Append(mail.Cc).SelectMany(list => list.Mailboxes).Select(mailbox => mailbox.Address).OfType<string>().Take(200);
    }

    private static string? LocaleOf(string? header)
    {
        var first = (header ?? "").Split(',', ';')[0].Trim();
        return first.Length > 0 && Locales.IsKnown(first) ? first : null;
    }
}
