using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class ListDeliveries
{
    /// <summary>List the outgoing messages</summary>
    /// <remarks>Newest first, without their words.</remarks>
    /// <param name="ticket">Only those about this ticket.</param>
    public static async Task<Paged<DeliveryAnswer>> Handle(Page page, long? ticket, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = DeliveryFilter.Apply(http.Request, db.Set<Delivery>().AsNoTracking());
        if (ticket is not null) rows = rows.Where(row => row.TicketId == ticket);
        if (page.After(out Guid last)) rows = rows.Where(row => row.Id < last);
        var found = await rows.OrderByDescending(row => row.Id).Take(page.Take).Select(DeliveryAnswer.Of(withText: false)).ToListAsync(cancel);
        return page.Of(found, delivery => delivery.Id);
    }
}
