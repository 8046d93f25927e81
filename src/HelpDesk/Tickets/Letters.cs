using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>Writes to the customer of a ticket: in her language, with dates in her zone, in the ticket's thread. One letter per cause.</summary>
internal sealed class Letters(Rendering rendering, Languages languages, PromiseWords words, MailIds ids, OptOutLinks optOut, DeskSettings desk)
{
    /// <summary>A promise as the ledger keeps it: one sentence in the customer's language; an agent's own promise in the agent's own words.</summary>
    public string Say(Ticket ticket, Commitment commitment, Promise promise) =>
        promise.MadeBy == PromiseMaker.Agent && commitment.Words is { } own
            ? own
            : words.For(commitment.Kind.ToWord(), promise.PromisedAt, ticket.Requester.ZoneOr(desk.Zone), ticket.Requester.Locale, commitment.Words);

    /// <summary>Why it takes longer, or took too long: the ticket's reason, else what is said of something that affects many, in her language.</summary>
    public string? Why(Ticket ticket, Requester person) => ticket.Reason ?? ticket.AdvisoryFor(person)?.Reason(person.Locale, languages);

    /// <summary>The letter, or null when there is nobody to reach.</summary>
    public OutgoingMessage? Write(Ticket ticket, Addressee addressee, Letter letter, Instant now, Guid? copyOf = null)
    {
        var person = addressee.Person;
        if (person.Channel is not { } channel) return null;
        var way = Conventions.FromWord<DeliveryChannel>(channel);
        var text = rendering.Render(letter.Kind, person.Locale, Model(ticket, addressee, letter), way);
        Guid? customer = person.Id == Guid.Empty ? null : person.Id;
        if (way == DeliveryChannel.Email) text = OptOutFooter.Add(text, languages.For(person.Locale), optOut.Of(customer));
        var id = Ids.New(now);
        var (inReplyTo, references) = ids.Threading(addressee.TicketId, addressee.PublicToken);
        return new OutgoingMessage
        {
            Id = id,
            Effect = letter.Effect,
            TicketId = ticket.Id,
            CustomerId = customer,
            Kind = letter.Kind,
            Channel = way,
            Recipient = channel switch { "email" => person.Email!, "webhook" => person.Webhook!.Value.Url, _ => person.Id.ToString() },
            SignedAs = channel == "webhook" ? person.Webhook!.Value.SignedAs : null,
            Data = channel == "email" ? null : JsonSerializer.Serialize(Data(addressee, letter), JsonConventions.Options),
            RecipientName = person.Name,
            Locale = text.Locale,
            Subject = text.Subject,
            Text = text.Text,
            Html = text.Html,
            MessageId = ids.Of(id),
            InReplyTo = inReplyTo,
            References = references,
            NotBefore = NotBefore(ticket, person, letter, now),
            ExpiresAt = letter.ExpiresAt,
            CopyOf = copyOf,
        };
    }

    /// <summary>What the letter says, before it is put into words.</summary>
    public MessageModel Model(Ticket ticket, Addressee addressee, Letter letter) => new()
    {
        CustomerName = addressee.Person.Name,
        TicketNumber = addressee.TicketId,
        Subject = addressee.Subject,
        DeskName = desk.Name,
        PublicUrl = desk.IsPublic ? desk.PageOf(addressee.PageToken) : null,
        Items = [.. letter.Items.Select(item => Item(addressee.Person, item))],
        Reason = letter.Kind is MessageKind.FollowUp or MessageKind.Recovery ? Why(ticket, addressee.Person) : ticket.Reason,
        Remedy = letter.Remedy,
        Body = letter.Body,
        ContinuesAs = letter.ContinuesAs,
        WaitingFor = letter.Kind == MessageKind.Paused ? ticket.Reason : null,
        WaitsForCustomer = ticket.Status == TicketStatus.WaitingOnCustomer,
        CalledIn = letter.IsNobodyCalledIn ? null : letter.CalledIn,
        NobodyCalledIn = letter.IsNobodyCalledIn,
    };

    private MessageData Data(Addressee addressee, Letter letter) => new(
        desk.PageOf(addressee.PageToken), [.. letter.Items.Select(item => new MessagePromise(item.Commitment.Kind.ToWord(), item.PromisedAt, item.Before))]);

    private MessageItem Item(Requester requester, LetterItem item)
    {
        var commitment = item.Commitment;
        string? Date(Instant? at) => at is { } instant
            ? DateWords.Format(instant, requester.ZoneOr(desk.Zone), languages.For(requester.Locale))
            : null;
        return new MessageItem
        {
            What = words.What(commitment.Kind.ToWord(), requester.Locale, commitment.Words),
            OldDate = Date(item.Before),
            NewDate = Date(item.PromisedAt),
            NoNewDate = item.PromisedAt is null && !item.IsSettled,
        };
    }

    /// <summary>
    /// What answers the customer goes at once. What the desk says of itself keeps her quiet hours, unless it would then come too late: a follow-up
    /// that quiet hours would cover is planned before them, and one that is made within them is held only where it can still be handed over after them. Nor does
    /// a new date wait that will have passed when they end.
    /// </summary>
    private Instant? NotBefore(Ticket ticket, Requester person, Letter letter, Instant now)
    {
        if (letter.GoesAtOnce || letter.IsAutomaticReply || letter.IsAnswer || letter.Kind == MessageKind.Acknowledgement) return null;
        if (ticket.Clock.Rules?.Policy.IgnoresQuietHours == true || person.Quiet(desk.Zone)?.EndOf(now) is not { } quietEnds) return null;
        return quietEnds + QuietHours.Margin > letter.ExpiresAt || letter.Items.Any(item => item.PromisedAt <= quietEnds) ? null : quietEnds;
    }
}

/// <summary>What is to be written, and for which one effect.</summary>
internal sealed record Letter(MessageKind Kind, string Effect, IReadOnlyList<LetterItem> Items)
{
    public string? Body { get; init; }

    public string? Remedy { get; init; }

    /// <summary>The names of those who were called in, where no new date is promised; null where they have none that is told, empty where there was nobody to call in.</summary>
    public string? CalledIn { get; init; }

    public bool IsNobodyCalledIn => CalledIn is "";

    /// <summary>An agent's own words to the customer, whether they end the matter or not.</summary>
    public bool IsAnswer => Kind == MessageKind.Reply || (Kind == MessageKind.Resolution && Body is not null);

    /// <summary>The desk answers what a customer wrote, of itself. Limited, so that two machines do not answer each other for ever.</summary>
    public bool IsAutomaticReply { get; init; }

    /// <summary>It waits for no end of quiet hours.</summary>
    public bool GoesAtOnce { get; init; }

    /// <summary>The customer's other ticket, under which a merged one goes on.</summary>
    public long? ContinuesAs { get; init; }

    /// <summary>Not handed over after this instant (inclusive): a follow-up must not pretend to be in time.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>One promise that a letter speaks of. No <paramref name="PromisedAt"/>: there is no new date.</summary>
internal sealed record LetterItem(Commitment Commitment, Instant? PromisedAt, Instant? Before)
{
    /// <summary>It was answered, or stands still: that it has no date needs no words.</summary>
    public bool IsSettled { get; init; }
}
