using System.ComponentModel.DataAnnotations;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

/// <summary>Messages that are to be tried again; what is left out holds back none.</summary>
/// <param name="State"><c>failed</c> or <c>dead</c>. Example: "dead".</param>
/// <param name="Kind">Only those about this. Example: "follow_up".</param>
/// <param name="Channel">Only those that take this way. Example: "email".</param>
/// <param name="RecipientDomain">Only those to e-mail addresses in this domain, or to this host. Example: "example.com".</param>
/// <param name="Ticket">Only those about this ticket. Example: 42.</param>
/// <param name="CreatedFrom">Only those queued at this instant or later. Example: "2026-03-02T08:00:00Z".</param>
/// <param name="CreatedTo">Only those queued before this instant. Example: "2026-03-03T08:00:00Z".</param>
public sealed record RetryFilter(
    DeliveryState State,
    MessageKind? Kind = null,
    DeliveryChannel? Channel = null,
    [property: StringLength(253, MinimumLength = 1)] string? RecipientDomain = null,
    long? Ticket = null,
    Instant? CreatedFrom = null,
    Instant? CreatedTo = null)
{
    internal IQueryable<Delivery> Of(HelpDeskDb db)
    {
        if (State is not (DeliveryState.Failed or DeliveryState.Dead)) throw Refusal.Invalid("filter.state", "must be failed or dead: no others can be tried again");
        var rows = db.Set<Delivery>().Where(row => row.State == State);
        if (Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
        if (Channel is { } channel) rows = rows.Where(row => row.Channel == channel);
        if (RecipientDomain is { } domain)
        {
            var (mail, web) = ($"%@{Escaped(domain)}", $"%://{Escaped(domain)}/%");
            rows = rows.Where(row => EF.Functions.ILike(row.Recipient, mail, "\\") || EF.Functions.ILike(row.Recipient, web, "\\"));
        }

        if (Ticket is { } ticket) rows = rows.Where(row => row.TicketId == ticket);
        if (CreatedFrom is { } from) rows = rows.Where(row => row.CreatedAt >= from);
        if (CreatedTo is { } to) rows = rows.Where(row => row.CreatedAt < to);
        return rows;
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
