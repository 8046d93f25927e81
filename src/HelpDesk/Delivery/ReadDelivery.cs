using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class ReadDelivery
{
    /// <summary>Read an outgoing message</summary>
    /// <remarks>With its words.</remarks>
    public static async Task<Ok<DeliveryAnswer>> Handle(Guid id, HelpDeskDb db, CancellationToken cancel) => TypedResults.Ok(await Find(id, db, cancel));

    public static async Task<DeliveryAnswer> Find(Guid id, HelpDeskDb db, CancellationToken cancel) =>
        await db.Set<Delivery>().AsNoTracking().Where(row => row.Id == id).Select(DeliveryAnswer.Of(withText: true)).SingleOrDefaultAsync(cancel)
        ?? throw Refusal.NotFound("delivery");
}
