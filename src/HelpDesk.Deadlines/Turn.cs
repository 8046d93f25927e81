using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>
/// One event being applied. The parts: messages and statuses here; starting and ending, pausing, retargeting, following up in the files of those names.
/// </summary>
internal sealed partial class Turn(TicketClock before, Instant at)
{
    private readonly List<Commitment> commitments = [.. before.Commitments];
    private readonly List<ClockChange> changes = [];
    private TicketClock ticket = before;

    public Step Step() => new(ticket with { Commitments = [.. commitments] }, changes);

    public Turn Opened(TicketOpened opened)
    {
        var written = opened.Message && !opened.Automated;
        ticket = ticket with
        {
            AwaitsFirstResponse = written && opened.By != Author.Agent,
            OldestUnanswered = written && opened.By == Author.Customer ? at : null,
            LastAgentMessage = written && opened.By == Author.Agent ? at : null,
        };
        foreach (var kind in Kinds) StartNaturally(kind);
        return SetStatus(opened.Status);
    }

    public Turn Posted(MessagePosted message)
    {
        if (message.Visibility == Visibility.Internal || message.Automated || message.Author == Author.System) return this;
        return message.Author == Author.Customer ? CustomerWrote() : AgentWrote(message.Fulfils);
    }

    private Turn CustomerWrote()
    {
        if (!ticket.TakesCustomerMessage(at)) return this;
        HumanWrote();
        if (ticket.Status is TicketStatus.Resolved or TicketStatus.WaitingOnCustomer) SetStatus(TicketStatus.Open);
        ticket = ticket with { OldestUnanswered = ticket.OldestUnanswered ?? at };
        if (!IsOwed(commitment => commitment.IsResponse) && TermFor(CommitmentKind.NextResponse) is { } term)
        {
            Start(CommitmentKind.NextResponse, at, term);
        }

        return this;
    }

    private Turn AgentWrote(int? callback)
    {
        HumanWrote();
        ForEachOpen(commitment => commitment.IsResponse || commitment.Kind == CommitmentKind.Update, Fulfil);
        if (callback is { } cycle) FulfilCallback(cycle);
        ticket = ticket with { OldestUnanswered = null, LastAgentMessage = at, AwaitsFirstResponse = false };
        if (TermFor(CommitmentKind.Update) is { } term && !TicketClock.IsOver(ticket.Status)) Start(CommitmentKind.Update, at, term);
        return ticket.Status == TicketStatus.New ? SetStatus(TicketStatus.Open) : this;
    }

    /// <summary>The cap counts automatic renewals without a human public message in between.</summary>
    private void HumanWrote() => ForEachOpen(commitment => commitment.RenewalsSinceHuman > 0, commitment => commitment with { RenewalsSinceHuman = 0 });

    public Turn SetStatus(TicketStatus to)
    {
        var from = ticket.Status;
        if (to == from) return this;
        if (from == TicketStatus.Closed) throw new TicketOverException("A closed ticket stays closed; a new message opens a new ticket.");
        ticket = ticket with { Statuses = ticket.Statuses.Add(new StatusSince(at, to)) };
        if (TicketClock.IsOver(to)) Finish(to);
        else if (from == TicketStatus.Resolved) Reopen();
        else ForEachOpen(_ => true, commitment => StandStillOrGoOn(commitment, to.ToWord()));
        return this;
    }

    private void Finish(TicketStatus to)
    {
        if (to == TicketStatus.Resolved)
        {
            ForEachOpen(commitment => commitment.Kind == CommitmentKind.Resolution, Fulfil);
            ticket = ticket with { ResolvedAt = at };
        }

        ForEachOpen(_ => true, commitment => GiveUp(commitment, to.ToWord()));
        ticket = ticket with { OldestUnanswered = null, AwaitsFirstResponse = false };
    }

    private void Reopen()
    {
        // What an agent wrote before is over with the matter: an update that a policy adds later does not start from it.
        ticket = ticket with { ReopenedAt = at, LastAgentMessage = null };
        var last = commitments.FindLastIndex(commitment => commitment.Kind == CommitmentKind.Resolution);
        if (last >= 0)
        {
            commitments[last] = commitments[last] with { ReopenedAt = at };
            Note(ChangeKind.CommitmentReopened, commitments[last]);
        }

        if (TermFor(CommitmentKind.Resolution, reopening: true) is { } term) Start(CommitmentKind.Resolution, at, term, reopening: true);
    }

    public Turn Promised(CallbackPromised callback)
    {
        if (TicketClock.IsOver(ticket.Status)) throw new TicketOverException("Nothing is promised on a ticket that is over.");
        if (callback.PromisedAt <= at) throw new ArgumentException("A promise must lie ahead.", nameof(callback));
        Start(CommitmentKind.Callback, at, Term.Callback(callback.PromisedAt - at), words: callback.Words);
        return this;
    }

    public Turn FulfilCallback(int cycle)
    {
        Replace(Owed(CommitmentKind.Callback, cycle), Fulfil);
        return this;
    }

    private Term? TermFor(CommitmentKind kind, bool reopening = false) => ticket.Rules?.Policy.For(kind, ticket.Priority, reopening);

    private bool IsOwed(Predicate<Commitment> which) => commitments.Exists(commitment => commitment.IsOpen && which(commitment));

    private int Owed(CommitmentKind kind, int cycle) =>
        commitments.FindIndex(commitment => commitment.IsOpen && commitment.Kind == kind && commitment.Cycle == cycle) is var index and >= 0
            ? index
            : throw new ArgumentException($"There is no open {kind.ToWord()} of cycle {cycle}.", nameof(cycle));

    private void ForEachOpen(Predicate<Commitment> which, Func<Commitment, Commitment> next)
    {
        for (var index = 0; index < commitments.Count; index++)
        {
            if (commitments[index].IsOpen && which(commitments[index])) Replace(index, next);
        }
    }

    private void Replace(int index, Func<Commitment, Commitment> next) => commitments[index] = next(commitments[index]);

    private void Note(ChangeKind what, Commitment commitment, string? reason = null) =>
        changes.Add(new ClockChange(at, what, commitment.Kind, commitment.Cycle)
        {
            DueAt = commitment.DueAt,
            PromisedAt = commitment.PromisedAt,
            Used = commitment.UsedAt(at),
            Target = commitment.Term.Target,
            Hours = commitment.Term.Hours,
            Reason = reason,
        });

    private void Note(ChangeKind what, Commitment commitment, Promise promise, string? reason = null, Instant? before = null) =>
        changes.Add(new ClockChange(at, what, commitment.Kind, commitment.Cycle)
        {
            Promise = promise.Number,
            PromisedAt = promise.PromisedAt,
            MadeBy = promise.MadeBy,
            Reason = reason,
            Before = before,
        });
}
