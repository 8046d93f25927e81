using HelpDesk.Access;
using HelpDesk.Advisories;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>
/// One transaction on tickets: their rows are locked, events are applied, letters and notes written, all of it or nothing. Everything that changes a
/// ticket goes through here, so that whoever comes first decides and nothing is told twice.
/// </summary>
internal sealed class TicketWork : IAsyncDisposable
{
    private readonly DeskTransaction transaction;
    private readonly TicketDesk desk;
    private readonly Caller caller;
    private readonly List<OutgoingMessage> letters = [];
    private readonly List<NewEvent> events = [];
    private readonly List<NewMessage> messages = [];
    private readonly List<NewFollowUp> followUps = [];
    private readonly List<NewRecovery> recoveries = [];
    private readonly List<Ticket> opened = [];
    private readonly List<NpgsqlBatchCommand> commands = [];
    private readonly List<(Ticket, Letter)> owedToWatchers = [];

    private TicketWork(DeskTransaction transaction, TicketDesk desk, Caller caller, Instant now, List<Ticket> tickets)
    {
        this.transaction = transaction;
        this.desk = desk;
        this.caller = caller;
        Now = now;
        Tickets = tickets;
    }

    public Instant Now { get; }

    public List<Ticket> Tickets { get; private set; }

    public NpgsqlConnection Connection => transaction.Connection;

    /// <summary>Tickets that the caller does not see are not there.</summary>
    public static async Task<TicketWork> Begin(TicketDesk desk, Instant now, long[] ids, Caller caller, CancellationToken cancel)
    {
        var transaction = await DeskTransaction.Begin(desk.Database, cancel);
        try
        {
            await desk.Templates.Refresh(transaction.Connection, cancel);
            var tickets = ids.Length == 0 ? [] : await desk.Reader.Lock(transaction.Connection, ids, caller, cancel);
            // A machine's clock may be set back, or lie behind another server's: what happens to a ticket still happens after what has happened to it.
            return new TicketWork(transaction, desk, caller, tickets.Select(ticket => ticket.UpdatedAt).Append(now).Max(), tickets);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts without tickets: <see cref="Lock"/> takes them once they are known.</summary>
    public static Task<TicketWork> Begin(TicketDesk desk, Instant now, Caller caller, CancellationToken cancel) => Begin(desk, now, [], caller, cancel);

    public async Task Lock(long[] ids, CancellationToken cancel) => Tickets = await desk.Reader.Lock(Connection, ids, caller, cancel);

    /// <summary>The one ticket of this work, or a refusal.</summary>
    public Ticket Only() => Tickets.Count == 1 ? Tickets[0] : throw Refusal.NotFound("ticket");

    /// <summary>
    /// Begins with a ticket, or where that has been merged with the one that goes on in its place. What <paramref name="check"/> refuses of the ticket asked
    /// for is refused.
    /// </summary>
    public static async Task<TicketWork> BeginFollowing(TicketDesk desk, Instant now, long id, Action<Ticket> check, Caller caller, CancellationToken cancel)
    {
        var isAsked = true;
        while (true)
        {
            var work = await Begin(desk, now, [id], caller, cancel);
            try
            {
                var ticket = work.Only();
                if (isAsked) check(ticket);
                if (ticket.MergedIntoId is not { } survivor) return work;
                (id, isAsked) = (survivor, false);
            }
            catch
            {
                await work.DisposeAsync();
                throw;
            }

            await work.DisposeAsync();
        }
    }

    /// <summary>A ticket that is made by this work.</summary>
    public void Open(Ticket ticket)
    {
        NameNews(ticket);
        opened.Add(ticket);
    }

    /// <summary>A further change, written with the tickets and after them.</summary>
    public void Add(NpgsqlBatchCommand command) => commands.Add(command);

    public void Post(NewMessage message) => messages.Add(message);

    /// <summary>Tells the agents something, as an internal message of the desk itself.</summary>
    public void Tell(Ticket ticket, string? words)
    {
        if (words is null) return;
        var message = new NewMessage(Ids.New(Now), ticket.Id, Author.System, null, Visibility.Internal, true, words, Now);
        messages.Add(message);
        events.Add(new NewEvent("message.created", Now, "desk", null, TicketEvents.Message(message), ticket.Id));
    }

    public void Note(NewEvent happened) => events.Add(happened);

    public void Followed(NewFollowUp followUp) => followUps.Add(followUp);

    public void Recovered(NewRecovery recovery) => recoveries.Add(recovery);

    /// <summary>
    /// To everybody who was promised anything, and to the watchers what is theirs to read. Answers the id of the first delivery (the others are its
    /// copies), or null when there is nobody to reach.
    /// </summary>
    public Guid? Send(Ticket ticket, Letter letter)
    {
        var first = SendTo(Addressee.Of(ticket), ticket, letter);
        foreach (var other in ticket.AlsoPromised)
        {
            var copy = SendTo(other, ticket, letter with { Effect = $"{letter.Effect}:{other.TicketId}" }, first);
            first ??= copy;
        }

        if (WatcherCopies.AreOwed(ticket, letter)) owedToWatchers.Add((ticket, letter));
        return first;
    }

    public Guid? SendTo(Addressee addressee, Ticket ticket, Letter letter, Guid? copyOf = null)
    {
        if (desk.Letters.Write(ticket, addressee, letter, Now, copyOf) is not { } message) return null;
        letters.Add(message);
        return message.Id;
    }

    /// <summary>
    /// Takes back follow-ups that no sender has claimed yet: the answer was quicker. The promises they carried are withdrawn, those before them stand
    /// again, to be judged by what comes next. Answers what the same messages carried besides: it stays promised, and is still to be told.
    /// </summary>
    public async Task<IReadOnlyList<LetterItem>> WithdrawUnsentFollowUps(Ticket ticket, Func<Commitment, bool> isAnswered, CancellationToken cancel)
    {
        await WithdrawUnsentRecoveries(ticket, isAnswered, cancel);
        var followedUp = ticket.Clock.Commitments
            .Where(commitment => commitment is { IsOpen: true, OpenPromise: { MadeBy: PromiseMaker.FollowUp } or { FollowedUpAt: not null } })
            .ToDictionary(commitment => ticket.Ledger.IdOf(commitment, commitment.OpenPromise!));
        var answered = followedUp.Where(pair => isAnswered(pair.Value)).Select(pair => pair.Key).ToHashSet();
        if (answered.Count == 0) return [];
        var untold = await UnsentFollowUps.Withdraw(Connection, [.. answered], Now, desk.MachineNow, cancel);
        // What the same message was to put off, and lapsed untold meanwhile, has lapsed.
        bool HasLapsed(UnsentFollowUp unsent) => unsent.NewPromise is not null && followedUp.TryGetValue(unsent.Standing, out var other) && UnsentFollowUps.HasLapsed(other, Now);
        var takenBack = untold.Where(unsent => answered.Contains(unsent.Standing) || HasLapsed(unsent)).ToList();
        foreach (var commitment in takenBack.Where(unsent => unsent.NewPromise is not null).Select(unsent => followedUp[unsent.Standing]))
        {
            ticket.Ledger.Apply(new FollowUpWithdrawn(Now, commitment.Kind, commitment.Cycle));
        }

        if (takenBack.Count > 0) await UnsentFollowUps.Record(Connection, [.. takenBack.Select(unsent => unsent.Promise)], Now, cancel);
        return [.. untold.Except(takenBack).Select(unsent => followedUp.GetValueOrDefault(unsent.Standing)).OfType<Commitment>()
            .Select(commitment => new LetterItem(commitment, commitment.PromisedAt, null))];
    }

    /// <summary>
    /// An apology that the answer overtook would name a date that holds no more. Another takes its place, without that date, and goes before the answer.
    /// </summary>
    private async Task WithdrawUnsentRecoveries(Ticket ticket, Func<Commitment, bool> isAnswered, CancellationToken cancel)
    {
        var answered = ticket.Clock.Commitments.Where(commitment => commitment.IsInRecovery() && isAnswered(commitment)).Select(commitment => ticket.Ledger.IdOf(commitment)).ToArray();
        if (answered.Length == 0) return;
        var unsent = await UnsentRecoveries.Withdraw(Connection, answered, Now, desk.MachineNow, cancel);
        if (unsent.Count == 0) return;
        await KnowAdvisories(cancel);
        Apologise(ticket, unsent, isAnswered, atOnce: true);
    }

    /// <summary>Once more, for what was not told; nothing for none.</summary>
    public void Apologise(Ticket ticket, IReadOnlyList<UnsentRecovery> unsent, Func<Commitment, bool> isSettled, bool atOnce)
    {
        if (LateApology.For(ticket, unsent, isSettled) is { } letter) Add(UnsentRecoveries.Tell(unsent, Send(ticket, letter with { GoesAtOnce = atOnce }), Why(ticket)));
    }

    /// <summary>Takes back the messages that told how these promises stand, where the promises have ended another way.</summary>
    public async Task WithdrawFollowUpsOf(Guid[] promises, CancellationToken cancel)
    {
        if (promises.Length == 0) return;
        var unsent = await UnsentFollowUps.Withdraw(Connection, promises, Now, desk.MachineNow, cancel);
        var ended = unsent.Where(each => promises.Contains(each.Standing)).Select(each => each.Promise).ToArray();
        if (ended.Length > 0) await UnsentFollowUps.Record(Connection, ended, Now, cancel);
    }

    /// <summary>What came to nothing is not written: another server did it between our claim and our lock.</summary>
    public void LeaveUnchanged() => Tickets.RemoveAll(ticket => ticket.Ledger.News.Count == 0);

    /// <summary>Names what is new in the ledgers, so that letters and follow-ups can refer to it.</summary>
    /// <param name="isTold">False where the customer is not written to about them.</param>
    public void NameNews(Ticket ticket, bool isTold = true) =>
        ticket.Ledger.NameNews(Now, isTold ? ticket.ReachedBy : null, (commitment, promise) => desk.Letters.Say(ticket, commitment, promise), () => Why(ticket));

    /// <summary>What the ticket's customer is told now of why it takes longer.</summary>
    public string? Why(Ticket ticket) => desk.Letters.Why(ticket, ticket.Requester);

    /// <summary>Reads what may be said of something that affects many: once for all tickets of the work, and only where one may be told why.</summary>
    public async Task KnowAdvisories(CancellationToken cancel)
    {
        if (Tickets.Count == 0) return;
        var active = await KnownAdvisory.ReadActive(desk.Database, Connection, Now, cancel);
        foreach (var ticket in Tickets) ticket.Advisories = active;
    }

    /// <summary>Writes everything in one round trip and commits.</summary>
    public async Task Commit(string actor, string? requestId, CancellationToken cancel)
    {
        foreach (var ticket in Tickets) NameNews(ticket);
        letters.AddRange(await WatcherCopies.Write(Connection, desk.Letters, owedToWatchers, Now, cancel));
        await using var batch = Connection.CreateBatch();
        batch.Transaction = transaction.Transaction;
        TicketWriter.Append(batch, Tickets, Now, desk.Settings.CloseAfter);
        foreach (var ticket in opened) OpenTicket.AppendTicket(batch, ticket);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        MessageLog.Append(batch, messages);
        EventLog.Append(batch, events);
        LedgerWriter.Append(batch, [.. Tickets.Concat(opened).Select(ticket => ticket.Ledger)], actor, requestId);
        Outbox.InsertMany(batch, letters, Now);
        FollowUpLog.Append(batch, followUps);
        RecoveryLog.Append(batch, recoveries);
        try
        {
            if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException error) when (ExternalNames.IsTaken(error) && Tickets.Count == 1)
        {
            await transaction.DisposeAsync();
            throw await ExternalNames.Refuse(desk.Database, Tickets[0].ExternalSource, Tickets[0].ExternalRef, cancel);
        }

        await transaction.CommitAsync(cancel);
        foreach (var ticket in Tickets) ticket.UpdatedAt = Now;
        RequestTransaction.AfterCommit(() =>
        {
            desk.Meter.Happened(Tickets.Concat(opened).Select(ticket => ticket.Ledger));
            if (letters.Count > 0) desk.MailBell.Ring();
            desk.SweepBell.RingFor([.. Tickets, .. opened], Now);
        });
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
