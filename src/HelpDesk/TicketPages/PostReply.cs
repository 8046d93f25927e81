using HelpDesk.Access;
using HelpDesk.Attachments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Idempotency;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

/// <summary>What the customer writes from her page. The same as a message of hers that another program posts, and answered with a page.</summary>
internal static class PostReply
{
    private const string OtherWords = "form-used";

    public static async Task<IResult> Handle(
        string token, HttpContext http, PageDoor door, PageWriter writer, FormProof proof, ReplyLimit limit, DeskSettings settings, AttachmentOptions options, TicketDesk desk,
        OpenTicket open, HelpDeskDb db, AttachmentStores stores, DeskClock clock, TimeProvider machine, CancellationToken cancel)
    {
        var (visit, status) = await door.Open(token, http, cancel);
        var frame = PageFrame.Of(http, visit?.Reader.Locale);
        if (visit is null) return PageProblem.Of(frame, status, http.TraceIdentifier);
        if (!FormProof.IsSameSite(http.Request, settings.PublicUrl)) return PageProblem.Of(frame, StatusCodes.Status403Forbidden, http.TraceIdentifier);
        // The body first: a slow sender must not hold a connection.
        await using var form = await ReplyForm.Read(http.Request, options, cancel);
        if (Fault(form, proof, limit, visit, http) is var (place, code)) return await Again(place, code);
        try
        {
            return new SeeOther(frame.Page($"t/{await Once(visit, form, http, desk, open, db, stores, options, clock, machine, cancel)}") + (frame.IsChosen ? "&" : "?") + ShowTicketPage.Sent);
        }
        // She went back and wrote something else: that is not lost, and goes with the next copy.
        catch (Refusal refusal) when (refusal.Code == OtherWords)
        {
            return await Again(FormFault.Stale, refusal.Status);
        }
        catch (Refusal refusal) when (refusal.Code is "too-many-attachments" or "no-such-attachment")
        {
            return await Again(FormFault.TooManyFiles, StatusCodes.Status409Conflict);
        }

        async Task<IResult> Again(FormFault fault, int code) =>
            ShowTicketPage.Page(frame, await writer.Write(frame, visit, writer.Form(frame, visit) with { Fault = fault, Body = form.Body }, cancel), code);
    }

    private static (FormFault, int)? Fault(ReplyForm form, FormProof proof, ReplyLimit limit, Visit visit, HttpContext http)
    {
        if (!proof.IsGood(visit.Token, form.Key, form.Proof)) return (FormFault.Stale, StatusCodes.Status403Forbidden);
        if (form.FileFault is { } fault)
        {
            return fault switch
            {
                StatusCodes.Status413PayloadTooLarge => (FormFault.FileTooLarge, fault),
                StatusCodes.Status415UnsupportedMediaType => (FormFault.FileType, fault),
                _ => (FormFault.TooManyFiles, fault),
            };
        }

        if (form.Body.Length == 0) return (FormFault.NoWords, StatusCodes.Status422UnprocessableEntity);
        if (form.Body.Length > ReplyForm.MostCharacters) return (FormFault.TooManyWords, StatusCodes.Status422UnprocessableEntity);
        if (limit.Refuses(http, visit.Token) is not { } seconds) return null;
        RetryAfter.Say(http, seconds);
        return (FormFault.TooFast, StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Key, files and message in one transaction. Answers the token of the page to show: of a copy that was sent before, the same again.</summary>
    private static async Task<string> Once(
        Visit visit, ReplyForm form, HttpContext http, TicketDesk desk, OpenTicket open, HelpDeskDb db, AttachmentStores stores, AttachmentOptions options, DeskClock clock,
        TimeProvider machine, CancellationToken cancel)
    {
        var key = IdempotencyKey.OfForm(visit.Token, form.Key!);
        var now = machine.GetCurrentInstant();
        await using var request = await RequestTransaction.Begin(db, cancel);
        var fingerprint = key.Fingerprint(form.Content);
        var (isHeld, known, answered) = await KeptAnswers.Hold(request, key, now, cancel);
        // The first copy is still being written: it will stand there when the page is shown, or a moment later.
        if (!isHeld) return visit.Token;
        if (answered is not null && !known!.AsSpan().SequenceEqual(fingerprint)) throw Refusal.Conflict(OtherWords, "This copy of the form was sent with other words before.");
        if (answered is not null) return StoredAnswer.Read(key.Open(answered)).Headers["Location"][0]!;
        var shown = visit.Token;
        await request.Around(async () => shown = await Write(visit, form, http, desk, open, stores, options, clock, cancel), cancel);
        var answer = new StoredAnswer(StatusCodes.Status303SeeOther, new Dictionary<string, string?[]> { ["Location"] = [shown] }, []);
        await KeptAnswers.Keep(request, key, fingerprint, answer, now, cancel);
        await request.Commit(CancellationToken.None);
        return shown;
    }

    private static async Task<string> Write(
        Visit visit, ReplyForm form, HttpContext http, TicketDesk desk, OpenTicket open, AttachmentStores stores, AttachmentOptions options, DeskClock clock, CancellationToken cancel)
    {
        var (ticket, caller) = (visit.Own.Id, new Caller($"customer:{visit.Reader.Id}", "Customer", [Scopes.TicketsWrite]));
        var files = form.Files.Count == 0 ? []
            : await AttachmentLog.Write(desk.Database, stores.Current, options, ticket, form.Files, await clock.Now(cancel), caller.Id, http.TraceIdentifier, cancel);
        var message = new PostMessageRequest(Author.Customer, form.Body, Attachments: files.Count == 0 ? null : [.. files.Select(file => file.Id)]);
        var posted = (await PostMessage.Handle(ticket, message, http, desk, open, clock, caller, cancel)).Value!;
        // A version of the ticket is not for her to see.
        http.Response.Headers.Remove("ETag");
        if (posted.TicketId == ticket || posted.TicketId == visit.Matter.Id) return visit.Token;
        await using var command = desk.Database.JoinedCommand("select public_token from tickets where id = $1");
        new Values(command.Parameters).Bigint(posted.TicketId);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }
}
