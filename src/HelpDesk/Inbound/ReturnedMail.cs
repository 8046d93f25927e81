using HelpDesk.Channels;
using HelpDesk.Delivery;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>
/// What a report says of mail of ours: that it could not be delivered (RFC 3464), or that its reader called it unwanted (RFC 5965). Only reports that name a Message-ID count: that cannot be
/// guessed, so that nobody's mail is ended by a report that somebody made up.
/// </summary>
internal static class ReturnedMail
{
    private const int MostWords = 1000;

    public static IReadOnlyList<BounceItem> Of(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport report || Original(report, mail) is not { } id) return [];
        return report.ReportType?.ToLowerInvariant() switch
        {
            "delivery-status" => Bounce(report, id),
            "feedback-report" => Complaint(report, id),
            _ => [],
        };
    }

    private static string? Original(MultipartReport report, MimeMessage mail)
    {
        var carried = report.OfType<MessagePart>().Select(part => part.Message?.MessageId).FirstOrDefault(id => !string.IsNullOrWhiteSpace(id));
        var named = carried ?? mail.InReplyTo ?? mail.References.LastOrDefault();
        return named is null ? null : CleanText.Of(named) is { Length: > 0 and <= 1000 } clean ? clean : null;
    }

    private static IReadOnlyList<BounceItem> Bounce(MultipartReport report, string id)
    {
        var told = report.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups).Where(group => group.Contains("Action")).ToList();
        var failed = told.FirstOrDefault(group => Says(group, "failed"));
        var group = failed ?? told.FirstOrDefault(each => Says(each, "delayed"));
        if (group is null) return [];
        var status = group["Status"]?.Trim() ?? "";
        var words = group["Diagnostic-Code"] is { Length: > 0 } diagnostic ? After(diagnostic) : status;
        return [new BounceItem(BounceType.Bounce, id, null, failed is not null && status.StartsWith('5'), CleanText.Line(words, MostWords))];
    }

    private static bool Says(HeaderList group, string action) => group["Action"]?.Trim().StartsWith(action, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>"smtp; 550 5.1.1 No such user".</summary>
    private static string After(string diagnostic) => diagnostic[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    private static IReadOnlyList<BounceItem> Complaint(MultipartReport report, string id)
    {
        var type = report.OfType<MessageFeedbackReport>().Select(feedback => feedback.Fields["Feedback-Type"]).FirstOrDefault(found => found is not null)?.Trim();
        // "not-spam" is the reader's word that it was wanted after all.
        return type is null || type.Equals("not-spam", StringComparison.OrdinalIgnoreCase) ? [] : [new BounceItem(BounceType.Complaint, id, null, true, CleanText.Line(type, 100))];
    }
}
