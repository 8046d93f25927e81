using HelpDesk.Access;
using HelpDesk.Advisories;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.FollowUps;
using HelpDesk.Recovery;
using HelpDesk.Tickets;
using HelpDesk.Web;

namespace HelpDesk.Templates;

/// <summary>Letters that a ticket's customer might be sent, for trying templates. The ticket is read, what would happen to it is played in memory, and nothing is kept.</summary>
internal sealed class SampleLetters(TicketDesk desk, Languages languages)
{
    private static readonly Duration Microsecond = Duration.FromTicks(10);

    /// <param name="locale">What dates and the names of promises are written in.</param>
    public async Task<MessageModel> Of(MessageKind kind, long ticketId, string locale, Instant now, Caller caller, CancellationToken cancel)
    {
        if (!caller.May(Scopes.TicketsRead))
        {
            throw new Refusal(StatusCodes.Status403Forbidden, "forbidden", "Not allowed", $"To try a template with a ticket the caller needs the scope {Scopes.TicketsRead} too.");
        }

        var ticket = (await desk.Reader.Read(desk.Database, [ticketId], caller, cancel)).FirstOrDefault() ?? throw MergeRules.NoTicket("ticketId", ticketId);
        ticket.Advisories = await KnownAdvisory.ReadActive(desk.Database, null, now, cancel);
        var addressee = Addressee.Of(ticket) with { Person = ticket.Requester with { Locale = locale } };
        return desk.Letters.Model(ticket, addressee, Letter(kind, ticket, languages.For(locale), now));
    }

    private Letter Letter(MessageKind kind, Ticket ticket, Language language, Instant now)
    {
        var letter = kind switch
        {
            MessageKind.FollowUp => FollowUpLetter.For(ticket, Played(ticket, now, promise => promise.FollowUpAt)),
            MessageKind.Recovery => RecoveryLetter.For(ticket, Played(ticket, now, promise => promise.PromisedAt + Microsecond)),
            _ => null,
        };
        letter ??= new Letter(kind, "preview", [.. ticket.StandingPromises().Select(owed => kind == MessageKind.Paused ? owed with { PromisedAt = null, Before = owed.PromisedAt } : owed)]);
        return kind is MessageKind.Reply or MessageKind.Remedy or MessageKind.Resolution ? letter with { Body = language.SampleBody } : letter;
    }

    /// <summary>What would happen at the next such instant, if nobody did anything until then.</summary>
    private IReadOnlyList<ClockChange> Played(Ticket ticket, Instant now, Func<Promise, Instant> when)
    {
        var instants = ticket.StandingPromises().Select(item => when(item.Commitment.OpenPromise!)).ToList();
        if (instants.Count == 0) return [];
        var at = Instant.Max(instants.Min(), Instant.Max(now, ticket.UpdatedAt));
        var played = ticket.Ledger.Apply(new Swept(at, desk.Settings.MinimumGap));
        ticket.Ledger.NameNews(at, ticket.ReachedBy, (commitment, promise) => desk.Letters.Say(ticket, commitment, promise));
        return played;
    }
}
