using System.Diagnostics;
using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Escalation;
using HelpDesk.Policies;
using HelpDesk.Recovery;
using HelpDesk.Tickets;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Telemetry;
using Npgsql;

namespace HelpDesk.FollowUps;

/// <summary>
/// Follows up and recovers what is due: claims tickets that no other server works on, and does everything about each in one transaction. Safe on any number
/// of servers at once.
/// </summary>
internal sealed partial class SweepDue(
    TicketDesk desk, DeskSettings settings, PolicyShelf policies, NoticeOptions notices, SetAside aside, NpgsqlDataSource database, ILogger<SweepDue> log)
{
    public const string Actor = "desk";

    private const string Job = "follow_up";

    /// <summary>
    /// A ticket whose customer was not told of the promise that stands: <see cref="RecallUnsent"/> takes that back first, and sweeps the ticket itself. Were it
    /// followed up before, the promise that lapsed untold would count as renewed for ever.
    /// </summary>
    private const string NotUntold =
        """
        ticket_id not in (
            select ticket_id from deliveries
            where state in ('queued', 'failed', 'dead') and expires_at is not null and (state = 'dead' or expires_at < $1) and kind in ('follow_up', 'recovery') and ticket_id is not null)
        """;

    /// <summary>Finds what is due and holds its tickets, but for those that somebody else holds.</summary>
    internal const string ClaimDue =
        $"""
        with due as materialized (
            select ticket_id from commitments
            where wake_at <= $1 and ticket_id % $3 = $4 and ticket_id <> all ($5) and (cardinality($6::bigint[]) = 0 or ticket_id = any ($6)) and {NotUntold}
            order by wake_at limit $2)
        select id from tickets where id in (select ticket_id from due) order by id for no key update skip locked
        """;

    private const int AtOnce = 500;

    /// <summary>A backlog is worked off along this many lanes, each with its own share of the tickets: one computes while the other writes.</summary>
    private const int Lanes = 2;

    /// <summary>A look takes this many alone; where it finds them there may be more, and the lanes begin.</summary>
    private const int Backlog = 100;
    private static readonly Duration Postponement = Duration.FromHours(1);

    /// <returns>How many tickets were swept: call again while it answers more than zero.</returns>
    public async Task<int> RunOnce(Instant now, CancellationToken cancel)
    {
        var swept = await RunBatch(now, new(0, 1, Backlog), cancel);
        if (swept < Backlog) return swept;
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunLane(now, lane, cancel)));
        return swept + lanes.Sum();
    }

    private async Task<int> RunLane(Instant now, int lane, CancellationToken cancel)
    {
        var swept = 0;
        while (await RunBatch(now, new(lane, Lanes, AtOnce), cancel) is > 0 and var more) swept += more;
        return swept;
    }

    private Task<int> RunBatch(Instant now, Share share, CancellationToken cancel) => aside.Run(Job, now, batch => RunBatch(batch, now, share, cancel));

    private async Task<int> RunBatch(Batch batch, Instant now, Share share, CancellationToken cancel)
    {
        var start = desk.Stopwatch;
        await using var work = await TicketWork.Begin(desk, now, Caller.Desk, cancel);
        var ids = await Claim(work.Connection, batch, now, share, cancel);
        if (ids.Length == 0) return 0;
        batch.Has = ids;
        using var trace = Cause.Begin("follow up", ActivityKind.Internal, null)?.SetTag("helpdesk.tickets", ids.Length);
        await work.Lock(ids, cancel);
        await SweepAll(work, _ => [], cancel);
        work.LeaveUnchanged();
        await work.Commit(Actor, null, cancel);
        desk.Meter.Swept(ids.Length, desk.Since(start));
        return ids.Length;
    }

    private static async Task<long[]> Claim(NpgsqlConnection connection, Batch batch, Instant now, Share share, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ClaimDue, connection);
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(share.Most);
        command.Parameters.AddWithValue((long)share.Lanes);
        command.Parameters.AddWithValue((long)share.Lane);
        command.Parameters.AddWithValue(batch.Without);
        command.Parameters.AddWithValue(batch.Only);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancel)) ids.Add(reader.GetInt64(0));
        return [.. ids];
    }

    /// <summary>Every ticket of the work, each after <paramref name="prepare"/>, which answers for what else people are called in; and whom that calls in.</summary>
    public async Task SweepAll(TicketWork work, Func<Ticket, IReadOnlyList<ClockChange>> prepare, CancellationToken cancel)
    {
        await work.KnowAdvisories(cancel);
        var people = new CallIn(work, policies, notices, log);
        foreach (var ticket in work.Tickets)
        {
            await SweepOrPostpone(work, ticket, prepare(ticket), people, cancel);
        }

        people.Append();
    }

    /// <summary>A ticket whose calendar has run dry must not hold up the others. It is looked at again later: the calendar may have been mended.</summary>
    private async Task SweepOrPostpone(TicketWork work, Ticket ticket, IReadOnlyList<ClockChange> before, CallIn people, CancellationToken cancel)
    {
        try
        {
            await Sweep(work, ticket, before, people, cancel);
        }
        catch (Refusal error)
        {
            LogPostponed(log, ticket.Id, error.Message);
            await using var command = new NpgsqlCommand("update commitments set wake_at = $2 where ticket_id = $1 and wake_at <= $3", work.Connection);
            command.Parameters.AddWithValue(ticket.Id);
            command.Parameters.AddWithValue((work.Now + Postponement).ToUtc());
            command.Parameters.AddWithValue(work.Now.ToUtc());
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>One ticket, locked: its clocks, whom that calls in, the letters, the record of what was followed up, what the agents are told, and what the ladder changes.</summary>
    private async ValueTask Sweep(TicketWork work, Ticket ticket, IReadOnlyList<ClockChange> before, CallIn people, CancellationToken cancel)
    {
        var swept = ticket.Ledger.Apply(new Swept(Instant.Max(work.Now, ticket.UpdatedAt), settings.MinimumGap, ticket.ReachedBy is not null));
        work.NameNews(ticket);
        var called = await people.For(ticket, before.Count == 0 ? swept : [.. before, .. swept], cancel);
        var delivery = FollowUpLetter.For(ticket, swept) is { } followUp ? work.Send(ticket, followUp with { CalledIn = called?.Names }) : null;
        foreach (var change in swept) Record(work, ticket, change, delivery);
        RecoveryLetter.Send(work, ticket, swept, called?.Names);
        work.Tell(ticket, FollowUpLetter.NoteFor(swept, isNobodyCalledIn: called?.Names is ""));
        work.Tell(ticket, RecoveryLetter.NoteFor(ticket, swept));
        if (called is not null) await called.Change(work, cancel);
    }

    private static void Record(TicketWork work, Ticket ticket, ClockChange change, Guid? delivery)
    {
        if (change.What is not (ChangeKind.FollowUpSent or ChangeKind.FollowUpUnreachable)) return;
        var ledger = ticket.Ledger;
        Guid? renewed = change.Before is null ? null : ledger.IdOf(change.Kind, change.Cycle, ticket.Commitment(change).OpenPromise!.Number);
        work.Followed(new NewFollowUp(
            ledger.IdOf(change.Kind, change.Cycle, change.Promise!.Value), ledger.IdOf(change.Kind, change.Cycle), ticket.Id, work.Now,
            change.What == ChangeKind.FollowUpSent ? delivery : null, renewed));
    }

    /// <summary>The earliest instant at which a sweep has something to do.</summary>
    public async Task<Instant?> NextDue(Instant now, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select wake_at from commitments where wake_at is not null and ticket_id <> all ($2) and {NotUntold} order by wake_at limit 1");
        command.Parameters.AddWithValue(now.ToUtc());
        command.Parameters.AddWithValue(aside.From(Job, now));
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? at.ToInstant() : null;
    }

    /// <summary>The tickets whose number leaves <paramref name="Lane"/> when divided by <paramref name="Lanes"/>, and how many of them at once.</summary>
    private readonly record struct Share(int Lane, int Lanes, int Most);

    [LoggerMessage(2201, LogLevel.Error, "Ticket {Ticket} cannot be followed up: {Error}")]
    private static partial void LogPostponed(ILogger log, long ticket, string error);
}
