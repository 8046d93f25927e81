using HelpDesk.Channels;
using HelpDesk.Delivery;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>
/// What a report says of mail of ours: that it could not be delivered (RFC 3464), or that its reader called it unwanted (RFC 5965). Only reports that name a Message-ID count: that cannot be
/// guessed, so that nobody's mail is ended by a report that somebody made up. Who has been forwarded a mail knows it, though: so a report lasts for the recipient alone that it names.
/// </summary>
internal static class ReturnedMail
{
    private const int MostWords = 1000;

    private static readonly string[] Recipients = ["Original-Recipient", "Final-Recipient"];

    public static IReadOnlyList<ReportedMail> Of(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport report || !CanBeRead(report) || Original(report, mail) is not { } id) return [];
        return report.ReportType?.ToLowerInvariant() switch
        {
            "delivery-status" => Bounce(report, id),
            "feedback-report" => Complaint(report, id),
            _ => [],
        };
    }

    /// <summary>What a report says is fields too, and may be encoded: so it is looked at decoded.</summary>
    private static bool CanBeRead(MultipartReport report)
    {
        foreach (var part in report.OfType<MimePart>().Where(part => part is MessageDeliveryStatus or MessageFeedbackReport))
        {
            using var decoded = new MemoryStream();
            part.Content?.DecodeTo(decoded);
            decoded.Position = 0;
            if (FieldWork.IsTooMuch(decoded, isAllFields: true)) return false;
        }

        return true;
    }

    private static string? Original(MultipartReport report, MimeMessage mail)
    {
        var carried = report.OfType<MessagePart>().Select(part => part.Message?.MessageId).FirstOrDefault(id => !string.IsNullOrWhiteSpace(id));
        var named = carried ?? mail.InReplyTo ?? mail.References.LastOrDefault();
        return named is null ? null : CleanText.Of(named) is { Length: > 0 and <= 1000 } clean ? clean : null;
    }

    private static IReadOnlyList<ReportedMail> Bounce(MultipartReport report, string id)
    {
        var told = report.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups).Where(group => group.Contains("Action")).ToList();
        var failed = told.FirstOrDefault(group => Says(group, "failed"));
        var group = failed ?? told.FirstOrDefault(each => Says(each, "delayed"));
        if (group is null) return [];
        var status = group["Status"]?.Trim() ?? "";
        var words = group["Diagnostic-Code"] is { Length: > 0 } diagnostic ? After(diagnostic) : status;
        var item = new BounceItem(BounceType.Bounce, id, null, failed is not null && status.StartsWith('5'), CleanText.Line(words, MostWords));
        return [new(item, [.. Recipients.Select(field => group[field]).OfType<string>().Select(After)])];
    }

    private static bool Says(HeaderList group, string action) => group["Action"]?.Trim().StartsWith(action, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>"smtp; 550 5.1.1 No such user", "rfc822; ada@example.org".</summary>
    private static string After(string typed) => typed[(typed.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    private static IReadOnlyList<ReportedMail> Complaint(MultipartReport report, string id)
    {
        var type = report.OfType<MessageFeedbackReport>().Select(feedback => feedback.Fields["Feedback-Type"]).FirstOrDefault(found => found is not null)?.Trim();
        // "not-spam" is the reader's word that it was wanted after all.
        return type is null || type.Equals("not-spam", StringComparison.OrdinalIgnoreCase) ? [] : [new(new BounceItem(BounceType.Complaint, id, null, true, CleanText.Line(type, 100)), null)];
    }
}

/// <summary>What a report says of one mail.</summary>
/// <param name="Recipients">Those whom it could not be delivered to, as the report writes them; null where reports of the kind need name none.</param>
internal sealed record ReportedMail(BounceItem Item, IReadOnlyList<string>? Recipients);
