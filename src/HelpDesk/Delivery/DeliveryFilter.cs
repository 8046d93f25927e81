using HelpDesk.Web;
using static HelpDesk.Web.QueryValues;

namespace HelpDesk.Delivery;

/// <summary>The filters of the list of outgoing messages. Several values of one are alternatives; several filters all hold.</summary>
internal static class DeliveryFilter
{
    public static IReadOnlyList<QueryFilter> All { get; } =
    [
        QueryFilter.Of<DeliveryState>("state", "Only those in this state; several are alternatives. `failed` will be tried again, `dead` will not."),
        QueryFilter.Of<MessageKind>("kind", "Only those about this."),
        QueryFilter.Of<DeliveryChannel>("channel", "Only those that take this way."),
        new("recipient", "Only those to this address, in full.", Example: "aino@example.com"),
        new("customer", "Only those to the customer with this id.", Format: "uuid", Example: "0195564e-1200-7a01-8f00-0a1b2c3d4e5f"),
    ];

    public static IQueryable<Delivery> Apply(HttpRequest request, IQueryable<Delivery> rows)
    {
        if (Words<DeliveryState>.FromQuery(request, "state") is { Length: > 0 } states) rows = rows.Where(row => states.Contains(row.State));
        if (Words<MessageKind>.FromQuery(request, "kind") is { Length: > 0 } kinds) rows = rows.Where(row => kinds.Contains(row.Kind));
        if (Words<DeliveryChannel>.FromQuery(request, "channel") is { Length: > 0 } channels) rows = rows.Where(row => channels.Contains(row.Channel));
        if (Texts(request, "recipient") is { Length: > 0 } recipients)
        {
            // Customers' addresses are kept in small letters, those of webhooks as they were given.
            string[] alike = [.. recipients, .. recipients.Select(recipient => recipient.ToLowerInvariant())];
            rows = rows.Where(row => alike.Contains(row.Recipient));
        }

        if (Customers(request) is { Length: > 0 } customers) rows = rows.Where(row => row.CustomerId != null && customers.Contains(row.CustomerId.Value));
        return rows;
    }

    private static Guid[] Customers(HttpRequest request) =>
        [.. Texts(request, "customer").Select(text => Guid.TryParse(text, out var id) ? id : throw Refusal.Invalid("customer", "must be an id, or several with commas"))];
}
