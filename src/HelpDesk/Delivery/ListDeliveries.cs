using System.Buffers.Text;
using System.ComponentModel;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Delivery;

internal static class ListDeliveries
{
    /// <summary>A page of deliveries.</summary>
    /// <param name="Items">The deliveries, newest first.</param>
    /// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last one.</param>
    public sealed record Response(IReadOnlyList<DeliveryAnswer> Items, string? NextCursor);

    public static async Task<Response> Handle(
        [Description("Only those in this state: queued, sent, failed, dead or withdrawn.")] string? state,
        [Description("Only those about this ticket.")] long? ticket,
        [Description("How many at most: 1 to 200, 50 if not said.")] int? limit,
        [Description("Where the page before ended: its nextCursor.")] string? cursor,
        HelpDeskDb db,
        CancellationToken cancel)
    {
        var rows = db.Set<Delivery>().AsNoTracking();
        if (state is not null)
        {
            var wanted = StateOf(state);
            rows = rows.Where(row => row.State == wanted);
        }

        if (ticket is not null) rows = rows.Where(row => row.TicketId == ticket);
        if (cursor is not null)
        {
            var last = LastOf(cursor);
            rows = rows.Where(row => row.Id.CompareTo(last) < 0);
        }

        var size = limit ?? 50;
        if (size is < 1 or > 200) throw Refusal.Invalid("limit", "must be a whole number from 1 to 200");
        var items = await rows.OrderByDescending(row => row.Id).Take(size + 1).Select(DeliveryAnswer.Of(withText: false)).ToListAsync(cancel);
        return items.Count <= size ? new(items, null) : new(items[..size], Base64Url.EncodeToString(items[size - 1].Id.ToByteArray(bigEndian: true)));
    }

    private static DeliveryState StateOf(string word) =>
        Enum.GetValues<DeliveryState>().Where(state => state.Word() == word).Select(state => (DeliveryState?)state).SingleOrDefault()
        ?? throw Refusal.Invalid("state", $"must be one of {string.Join(", ", Enum.GetValues<DeliveryState>().Select(state => state.Word()))}");

    private static Guid LastOf(string cursor)
    {
        Span<byte> id = stackalloc byte[16];
        return Base64Url.TryDecodeFromChars(cursor, id, out var length) && length == id.Length
            ? new Guid(id, bigEndian: true)
            : throw Refusal.Invalid("cursor", "is not a cursor of this list: use nextCursor as it was given");
    }
}
