using System.Runtime.CompilerServices;
using HelpDesk.Commitments;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Rehearsals;

/// <summary>Chooses the tickets and reads the policy; what can be refused is refused before anything is answered.</summary>
internal sealed class RehearseTickets(HelpDeskDb db, TicketHistories histories, DeskSettings desk, RehearsalOptions options)
{
    private const int DefaultDays = 30;

    public async Task<RehearsalOfTickets> Begin(RehearsalRequest request, Instant now, CancellationToken cancel)
    {
        var rules = RehearsalReading.RulesOf(request);
        var conditions = await FilterText.Read(request.Tickets!, "tickets", db, now, cancel);
        var days = request.Days ?? (FilterText.Says(request.Tickets!, "createdFrom") ? null : DefaultDays);
        Instant? from = days is { } count ? now - Duration.FromDays(count) : null;
        await using var transaction = await db.BeginReading(cancel);
        var rows = new TicketSelection(db, conditions).Rows;
        if (from is { } first) rows = rows.Where(row => row.CreatedAt >= first);
        var ids = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Select(row => row.Id).Take(options.MostTickets + 1).ToArrayAsync(cancel);
        await transaction.CommitAsync(cancel);
        var more = ids.Length > options.MostTickets;
        return new RehearsalOfTickets(histories, rules, more ? ids[..^1] : ids, more, now, request.Follow ? desk.MinimumGap : null);
    }
}

/// <summary>How far a rehearsal has come.</summary>
/// <param name="Result">At the end.</param>
internal sealed record RehearsalProgress(int Done, int Total, TicketRehearsal? Result);

/// <summary>A rehearsal on tickets that were chosen: their histories are read batch by batch, and forgotten once they were played.</summary>
internal sealed class RehearsalOfTickets(TicketHistories histories, Rules rules, long[] ids, bool more, Instant now, Duration? followWithin)
{
    private const int AtOnce = 500;

    public async IAsyncEnumerable<RehearsalProgress> Run([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var (tally, done) = (new RehearsalTally(), 0);
        foreach (var batch in ids.Chunk(AtOnce))
        {
            foreach (var ticket in await histories.Read(batch, now, cancel)) Play(ticket, tally);
            done += batch.Length;
            if (done < ids.Length) yield return new(done, ids.Length, null);
        }

        yield return new(ids.Length, ids.Length, tally.Result(more));
    }

    private void Play(RealTicket ticket, RehearsalTally tally)
    {
        if (ticket.Skip is { } reason)
        {
            tally.Skip(reason);
            return;
        }

        try
        {
            tally.Add(ticket, ticket.Rehearse(rules, now, followWithin));
        }
        catch (Exception error) when (error is NeverOpenException or DeadlineOutOfReachException)
        {
            tally.Skip("calendar_never_opens");
        }
    }
}
