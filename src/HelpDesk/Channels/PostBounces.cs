using System.ComponentModel.DataAnnotations;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Channels;

/// <summary>What came back.</summary>
/// <param name="Items">1 to 500, in any order.</param>
[Example("""
    { "items": [{ "messageId": "<0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f@example.com>", "type": "bounce", "permanent": true, "diagnostic": "550 5.1.1 No such mailbox" },
                { "recipient": "aino@example.com", "type": "complaint" }] }
    """)]
public sealed record BouncesRequest([property: Required, MinLength(1), MaxLength(500)] IReadOnlyList<BounceItem> Items);

/// <summary>One message that came back or was complained about. It needs messageId or recipient; with both, recipient is who it came back from.</summary>
/// <param name="Type">bounce: it could not be delivered; complaint: its reader called it unwanted.</param>
/// <param name="MessageId">The Message-ID of the message, with or without its angle brackets. Example: "&lt;0195564e-8a00-7c3d-9b1f-2f4a5c6d7e8f@example.com&gt;".</param>
/// <param name="Recipient">The address that it was sent to; the message's own, if left out. Example: "aino@example.com".</param>
/// <param name="Permanent">Of a bounce: whether the next message would come back as well. Default false. A complaint always counts as permanent.</param>
/// <param name="Diagnostic">The other side's words; kept with the delivery, its first 500 characters. Example: "550 5.1.1 No such mailbox".</param>
/// <param name="At">When; now, if left out.</param>
public sealed record BounceItem(
    BounceType Type,
    [property: StringLength(1000, MinimumLength = 1)] string? MessageId = null,
    [property: StringLength(EmailAddress.MostCharacters, MinimumLength = 1)] string? Recipient = null,
    bool Permanent = false,
    [property: StringLength(10_000)] string? Diagnostic = null,
    Instant? At = null);

/// <summary>What was done about each.</summary>
/// <param name="Items">In the order of the request.</param>
public sealed record BouncesAnswer(IReadOnlyList<BounceOutcome> Items);

/// <summary>What was done about one.</summary>
/// <param name="Outcome">
/// marked: the customer counts as unreachable from now on; recorded: kept with the delivery, nobody is unreachable by it; known: it changed nothing, because it had been said before
/// or the address is nobody's that is written to; unknown: there is no such message, and no customer who is written to at this address.
/// </param>
/// <param name="DeliveryId">The message that came back, where it is known.</param>
/// <param name="CustomerId">The customer who is written to at the address, where there is one.</param>
public sealed record BounceOutcome(BounceResult Outcome, Guid? DeliveryId, Guid? CustomerId);

/// <summary>What was done about a message that came back.</summary>
public enum BounceResult
{
    /// <summary>The customer counts as unreachable from now on.</summary>
    Marked,

    /// <summary>It is kept with the delivery.</summary>
    Recorded,

    /// <summary>It changed nothing.</summary>
    Known,

    /// <summary>There is no such message, and no such address.</summary>
    Unknown,
}

internal static class PostBounces
{
    /// <summary>Post bounces and complaints</summary>
    /// <remarks>
    /// What your mail server or provider reports of messages that came back. A permanent bounce or a complaint marks the customer who is written to at that address as unreachable
    /// (unreachableSince) until she has another first address: follow-ups are then recorded as unreachable, and the agents of her open tickets are told by a note, on up to 20 of them. A temporary
    /// bounce is kept with the delivery and does no more. Saying the same again changes nothing, so that a report may be sent twice; an Idempotency-Key is not looked at. Each
    /// item is a transaction of its own.
    /// </remarks>
    public static async Task<Ok<BouncesAnswer>> Handle(BouncesRequest request, HttpContext http, HelpDeskDb db, TicketDesk desk, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        caller.MustSeeAll();
        Check(request);
        var now = await clock.Now(cancel);
        var outcomes = new List<BounceOutcome>();
        foreach (var item in request.Items) outcomes.Add(await Bounce.Take(item, desk, now, caller, http.TraceIdentifier, cancel));
        return TypedResults.Ok(new BouncesAnswer(outcomes));
    }

    private static void Check(BouncesRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (index, item) in request.Items.Index())
        {
            if (item is null) errors[$"items[{index}]"] = ["must not be null"];
            else if (item.MessageId is null && item.Recipient is null) errors[$"items[{index}].messageId"] = ["is needed where there is no recipient"];
            else if (item.Recipient is { } address && !EmailAddress.IsOne(address.Trim())) errors[$"items[{index}].recipient"] = [EmailAddress.Rule];
        }

        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }
}
