using HelpDesk.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class ReadDelivery
{
    public static async Task<Results<Ok<DeliveryAnswer>, NotFound>> Handle(Guid id, HelpDeskDb db, CancellationToken cancel) =>
        await Find(id, db, cancel) is { } delivery ? TypedResults.Ok(delivery) : TypedResults.NotFound();

    public static Task<DeliveryAnswer?> Find(Guid id, HelpDeskDb db, CancellationToken cancel) =>
        db.Set<Delivery>().AsNoTracking().Where(row => row.Id == id).Select(DeliveryAnswer.Of(withText: true)).SingleOrDefaultAsync(cancel);
}
