using MimeKit;
using MimeKit.Tnef;

namespace HelpDesk.Inbound;

/// <summary>What a mail says, and what it carries besides.</summary>
internal sealed class MailBody
{
    /// <summary>Their content proves who wrote the mail, to programs that check it; it says nothing to people.</summary>
    private static readonly string[] Signatures = ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"];

    private readonly List<MimeEntity> files = [];

    private MailBody()
    {
    }

    public string Text { get; private set; } = "";

    public IReadOnlyList<MimeEntity> Files => files;

    public static MailBody Of(MimeMessage mail)
    {
        var body = new MailBody();
        if (mail.Body is { } entity) body.Text = body.Read(entity);
        return body;
    }

    private string Read(MimeEntity entity)
    {
        switch (entity)
        {
            case MultipartAlternative alternative:
                return Best(alternative);
            case Multipart several:
                return string.Join("\n\n", several.Select(Read).Where(text => !string.IsNullOrWhiteSpace(text)));
            case TextPart text when IsWords(text):
                return text.IsHtml ? HtmlWords.Of(text.Text) : text.Text;
            case TnefPart wrapped:
                files.AddRange(Unwrapped(wrapped));
                return "";
            default:
                if (!Signatures.Contains(entity.ContentType.MimeType, StringComparer.OrdinalIgnoreCase)) files.Add(entity);
                return "";
        }
    }

    /// <summary>The same said several ways: plain text where there is some, else the last that says anything.</summary>
    private string Best(MultipartAlternative alternative)
    {
        var said = alternative.Select(part => (Text: Read(part), IsHtml: HasHtml(part))).Where(way => !string.IsNullOrWhiteSpace(way.Text)).ToList();
        return said.FirstOrDefault(way => !way.IsHtml).Text ?? said.LastOrDefault().Text ?? "";
    }

    private static bool HasHtml(MimeEntity entity) => entity is TextPart { IsHtml: true } || (entity is Multipart several && several.Any(HasHtml));

    /// <summary>A text file is text too, but carried.</summary>
    private static bool IsWords(TextPart text) =>
        (text.IsPlain || text.IsHtml || text.IsFlowed) && !text.IsAttachment && string.IsNullOrEmpty(text.FileName);

    /// <summary>Outlook's winmail.dat: what lies in it, or where that cannot be read itself.</summary>
    private static List<MimeEntity> Unwrapped(TnefPart wrapped)
    {
        try
        {
            return wrapped.ExtractAttachments().ToList() is { Count: > 0 } inside ? inside : [wrapped];
        }
        catch (Exception error) when (error is TnefException or FormatException or ArgumentException or IOException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException)
        {
            return [wrapped];
        }
    }
}
