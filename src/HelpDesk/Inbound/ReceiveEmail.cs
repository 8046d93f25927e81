using HelpDesk.Access;
using HelpDesk.Channels;
using HelpDesk.Tickets;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Inbound;

/// <summary>What was made of a mail.</summary>
/// <param name="Id">Names the mail; null for the desk's own, of which nothing is kept.</param>
/// <param name="Outcome">What it became.</param>
/// <param name="Known">Whether it had been posted before: then nothing was done.</param>
/// <param name="TicketId">The ticket that it is on; null where it is on none, or on one that the caller does not see.</param>
/// <param name="MessageId">The message that it became.</param>
/// <param name="Automated">Whether a machine sent it: then it starts, fulfils and reopens nothing, and is not answered.</param>
/// <param name="NotKept">Files that it carried and that are not kept, each with the reason. They stand in a note on the ticket too.</param>
/// <param name="Bounces">What was done about mail of the desk that it says came back.</param>
public sealed record ReceivedMailResponse(
    Guid? Id, InboundOutcome Outcome, bool Known, long? TicketId, Guid? MessageId, bool Automated, IReadOnlyList<string> NotKept, IReadOnlyList<BounceOutcome> Bounces);

internal static class ReceiveEmail
{
    private const string Type = "message/rfc822";

    /// <summary>Post a mail</summary>
    /// <remarks>
    /// The raw mail as it came, as <c>message/rfc822</c>, of at most Inbound:MaxBytes (25 MiB). It goes to the ticket whose mail it answers (by In-Reply-To and References, or by the tag in
    /// the address that it went to), as its customer's message where she or a watcher sent it, and else as an internal note; mail that answers none opens a ticket. Automatic
    /// mail starts nothing; reports of mail that came back are recorded as at <c>/v1/deliveries/bounces</c> and answered with 202. A mail is filed once, however often it is posted: then the
    /// answer is 200 and <c>known</c>; an Idempotency-Key is not looked at. Refused (422) for a mail that does not say whom it is from (no-sender).
    /// </remarks>
    /// <param name="queue">The queue of a ticket that it opens; Inbound:Queue, if left out.</param>
    /// <param name="recipient">The address that the mail server was given for it (the envelope's), where the headers may not tell.</param>
    public static async Task<Results<Created<ReceivedMailResponse>, Ok<ReceivedMailResponse>, Accepted<ReceivedMailResponse>>> Handle(
        string? queue, string? recipient, HttpContext http, InboundOptions options, MailReading reading, FileMail file, Caller caller, CancellationToken cancel)
    {
        CheckRequest(queue, recipient, http.Request.ContentType);
        await using var raw = await SpooledMail.Of(http.Request.Body, options.MaxBytes, cancel);
        var mail = reading.Read(raw.Bytes, cancel);
        var answer = await file.File(mail, raw.Sha256, queue ?? options.Queue, recipient, http, caller, cancel);
        // A version of the ticket is not what was asked for.
        http.Response.Headers.Remove(HeaderNames.ETag);
        if (answer.Known || answer.Outcome == InboundOutcome.Own) return TypedResults.Ok(answer);
        var address = $"/v1/inbound/email/{answer.Id}";
        return answer.Outcome == InboundOutcome.Returned ? TypedResults.Accepted(address, answer) : TypedResults.Created(address, answer);
    }

    private static void CheckRequest(string? queue, string? recipient, string? type)
    {
        if (!MediaTypeHeaderValue.TryParse(type, out var media) || !media.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is of a kind that is not read here", $"Send the raw mail as {Type}.");
        }

        var errors = new Dictionary<string, string[]>();
        TicketRules.CheckNotBlank(errors, ("queue", queue));
        if (queue is { Length: > 200 } || (queue is not null && queue.Any(char.IsControl))) errors["queue"] = ["must have at most 200 characters, on one line"];
        if (recipient is not null && !EmailAddress.IsOne(recipient)) errors["recipient"] = [EmailAddress.Rule];
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }
}
