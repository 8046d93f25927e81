using HelpDesk.Access;
using HelpDesk.Attachments;
using HelpDesk.Channels;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;

namespace HelpDesk.Inbound;

/// <summary>Files a mail, in one transaction with the memory of it: as a message, a ticket, a note, or as word of mail that came back.</summary>
internal sealed class FileMail(
    TicketDesk desk, OpenTicket open, HelpDeskDb db, AttachmentStores stores, AttachmentOptions attachments, ReplyAddresses replies, MailOptions mailing, DeskClock clock)
{
    private const string Channel = "email";

    public async Task<ReceivedMailResponse> File(ReceivedMail mail, byte[] raw, string? queue, string? recipient, HttpContext http, Caller caller, CancellationToken cancel)
    {
        if (await IsOwn(mail, cancel)) return new(null, InboundOutcome.Own, false, null, null, mail.IsAutomated, [], []);
        await using var files = await MailFiles.Of(mail, attachments, cancel);
        var now = await clock.Now(cancel);
        var id = Ids.New(now);
        await using var request = await RequestTransaction.Begin(db, cancel);
        ReceivedMailResponse? answer = null;
        await request.Around(
            async () =>
            {
                var fingerprint = InboundLog.Fingerprint(mail, raw);
                if (!await InboundLog.Begin(request.Connection, id, fingerprint, mail, now, cancel))
                {
                    answer = await Known(request, fingerprint, caller, cancel);
                    return;
                }

                answer = await FileNew(id, new(mail, files, queue, recipient, http, caller, now), request, cancel);
                await InboundLog.End(request.Connection, id, answer.Outcome, answer.MessageId, cancel);
            },
            cancel);
        // A relay that hangs up at this moment asks again, and is told that it is known.
        await request.Commit(CancellationToken.None);
        return answer!;
    }

    /// <summary>The desk's own mail, sent back to it by a rule or a list; and what its own address sends, unless a form on the web did.</summary>
    private async Task<bool> IsOwn(ReceivedMail mail, CancellationToken cancel)
    {
        if (mail.MessageId is { } id && await InboundLog.IsOurs(desk.Database, id, cancel)) return true;
        return IsOurs(mail.Sender.Address) && (mail.ReplyTo is null || IsOurs(mail.ReplyTo.Address));
    }

    private bool IsOurs(string address) => replies.IsOwn(address) || address.Equals(mailing.From.Address, StringComparison.OrdinalIgnoreCase);

    private static async Task<ReceivedMailResponse> Known(RequestTransaction request, byte[] fingerprint, Caller caller, CancellationToken cancel)
    {
        await using var command = InboundLog.ByFingerprint(request.Connection, fingerprint);
        var known = await InboundLog.Read(command, caller, cancel);
        return known is null
            ? new(null, InboundOutcome.Message, true, null, null, false, [], [])
            : new(known.Id, known.Outcome, true, known.TicketId, known.MessageId, known.Automated, [], []);
    }

    private async Task<ReceivedMailResponse> FileNew(Guid id, Delivered delivered, RequestTransaction request, CancellationToken cancel)
    {
        var (mail, caller) = (delivered.Mail, delivered.Caller);
        var bounces = await Returned(delivered, cancel);
        if (bounces.Count > 0) return new(id, InboundOutcome.Returned, false, null, null, mail.IsAutomated, [], bounces);
        if (ReferenceEquals(mail.Sender, MailPerson.Nobody)) throw MailReading.NoSender();
        var thread = await MailThread.Find(request.Connection, mail, replies, delivered.Recipient, caller, cancel);
        var (outcome, ticket, message, refused) = thread is null ? await Open(delivered, cancel) : await Post(delivered, thread, cancel);
        IReadOnlyList<string> notKept = [.. delivered.Files.NotTaken, .. refused];
        if (notKept.Count > 0) await Note(delivered, ticket, $"Files that came with a mail are not kept here:\n{string.Join('\n', notKept)}", [], cancel);
        return new(id, outcome, false, ticket, message, mail.IsAutomated, notKept, []);
    }

    /// <summary>Word of mail that the desk knows it sent. It concerns customers of whatever queue: who sees some queues alone has it filed like other mail.</summary>
    private async Task<IReadOnlyList<BounceOutcome>> Returned(Delivered delivered, CancellationToken cancel)
    {
        if (delivered.Caller.Queues is not null) return [];
        var outcomes = new List<BounceOutcome>();
        foreach (var item in delivered.Mail.Returned)
        {
            var outcome = await Bounce.Take(item.Item, desk, delivered.Now, delivered.Caller, delivered.Http.TraceIdentifier, cancel, item.Recipients);
            if (outcome.Outcome != BounceResult.Unknown) outcomes.Add(outcome);
        }

        return outcomes;
    }

    private async Task<Filed> Open(Delivered delivered, CancellationToken cancel)
    {
        var mail = delivered.Mail;
        // A form on a web site, or a machine, names in Reply-To whom it wrote for; anybody else is who she says in From.
        var person = mail.ReplyTo is { } other && (IsOurs(mail.Sender.Address) || AutomaticMail.IsUnread(mail.Sender.Address)) ? other : mail.Sender;
        var opening = new OpenTicketRequest(
            mail.Subject, mail.Body, new RequesterDefinition(person.Address, person.Name, mail.Locale), Channel: Channel, Queue: delivered.Queue, Automated: mail.IsAutomated);
        TicketRules.Check(opening);
        delivered.Caller.MustSee(delivered.Queue);
        var (ticket, message) = await open.Open(opening, null, delivered.Now, delivered.Caller.Id, delivered.Http.TraceIdentifier, cancel, hasFields: false);
        var (kept, refused) = await Keep(delivered, ticket.Id, cancel);
        await AttachmentLog.CarryToAnother(desk.Database, ticket.Id, message!.Id, kept, ticket.Id, cancel);
        return new(InboundOutcome.Ticket, ticket.Id, message.Id, refused);
    }

    private async Task<Filed> Post(Delivered delivered, MailThread thread, CancellationToken cancel)
    {
        var mail = delivered.Mail;
        var isHers = thread.OwnId is not null && !mail.IsDoubtful;
        var ticket = isHers ? thread.OwnId!.Value : thread.TicketId;
        var (kept, refused) = await Keep(delivered, ticket, cancel);
        if (!isHers && (!thread.IsWatcher || mail.IsDoubtful))
        {
            var note = await Note(delivered, ticket, $"{Whose(mail, thread)}\n\n{mail.Body}", kept, cancel);
            return new(InboundOutcome.Note, note.TicketId, note.Id, refused);
        }

        var request = new PostMessageRequest(
            Author.Customer, mail.Body, AuthorId: isHers ? null : CleanText.Cut(mail.Sender.Address, 200), Automated: mail.IsAutomated, Attachments: kept.Count == 0 ? null : kept);
        var posted = await Write(delivered, ticket, request, cancel);
        return new(InboundOutcome.Message, posted.TicketId, posted.Id, refused);
    }

    private static string Whose(ReceivedMail mail, MailThread thread)
    {
        var who = mail.Sender.Name is { } name ? $"{name} <{mail.Sender.Address}>" : mail.Sender.Address;
        return thread.OwnId is not null || thread.IsWatcher
            ? $"Mail that says it is from {who}. The mail server that took it could not confirm that (DMARC failed), so it counts as nobody's message. Please make sure before you act on it."
            : $"Mail from {who}, who is neither this ticket's customer nor a watcher. It answers mail of this ticket, or went to its address. Nobody was answered; add her as a watcher if she belongs here.";
    }

    /// <summary>Files first, then what carries them; a ticket that has too many takes the words alone.</summary>
    private async Task<(IReadOnlyList<Guid> Kept, IReadOnlyList<string> Refused)> Keep(Delivered delivered, long ticket, CancellationToken cancel)
    {
        if (delivered.Files.Taken.Count == 0) return ([], []);
        try
        {
            var written = await AttachmentLog.Write(
                desk.Database, stores.Current, attachments, ticket, delivered.Files.Taken, delivered.Now, delivered.Caller.Id, delivered.Http.TraceIdentifier, cancel);
            return ([.. written.Select(file => file.Id)], []);
        }
        catch (Refusal refusal) when (refusal.Code == "too-many-attachments")
        {
            return ([], [.. delivered.Files.Taken.Select(file => $"{file.Name} (a ticket has at most {attachments.MaxPerTicket} files)")]);
        }
    }

    private Task<MessageResponse> Note(Delivered delivered, long ticket, string words, IReadOnlyList<Guid> files, CancellationToken cancel) => Write(
        delivered, ticket, new(Author.System, CleanText.Cut(words, 200_000), Visibility.Internal, Automated: true, Attachments: files.Count == 0 ? null : files), cancel);

    private async Task<MessageResponse> Write(Delivered delivered, long ticket, PostMessageRequest message, CancellationToken cancel) =>
        (await PostMessage.Handle(ticket, message, delivered.Http, desk, open, clock, delivered.Caller, cancel)).Value!;

    private sealed record Delivered(ReceivedMail Mail, MailFiles Files, string? Queue, string? Recipient, HttpContext Http, Caller Caller, Instant Now);

    private sealed record Filed(InboundOutcome Outcome, long TicketId, Guid MessageId, IReadOnlyList<string> Refused);
}
