using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Tickets;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.TicketPages;

/// <summary>From the token in an address to what its holder may see; answers null and a status where that is nothing.</summary>
internal sealed class PageDoor(NpgsqlDataSource database, TicketDesk desk, GuessLimit guesses, DeskClock clock)
{
    private const string Find =
        """
        select t.id, t.merged_into_id, c.erased_at is not null or t.page_revoked or coalesce(t.page_token, t.public_token) <> $1
        from tickets t join customers c on c.id = t.requester_id where t.public_token = $1 or t.page_token = $1
        """;

    /// <summary>429 before anything is looked up, where too many addresses were guessed from where the request comes.</summary>
    public async Task<(Visit? Visit, int Status)> Open(string token, HttpContext http, CancellationToken cancel)
    {
        if (guesses.Refuses(http, token) is { } seconds)
        {
            RetryAfter.Say(http, seconds);
            return (null, StatusCodes.Status429TooManyRequests);
        }

        if (await Look(token, cancel) is not var (id, mergedInto, isDead))
        {
            guesses.WasBad(http, token);
            return (null, StatusCodes.Status404NotFound);
        }

        guesses.WasGood(token);
        if (isDead) return (null, StatusCodes.Status410Gone);
        var tickets = await desk.Reader.Read(database, mergedInto is { } survivor ? [id, survivor] : [id], Caller.Desk, cancel);
        var visit = new Visit(token, tickets.First(ticket => ticket.Id == id), tickets.First(ticket => ticket.Id == (mergedInto ?? id)), await clock.Now(cancel));
        return visit.HasExpired ? (null, StatusCodes.Status410Gone) : (visit, StatusCodes.Status200OK);
    }

    private async Task<(long Id, long? MergedInto, bool IsDead)?> Look(string token, CancellationToken cancel)
    {
        // Text that the database could not even keep is no token.
        if (token.Length > 100 || !token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) return null;
        await using var command = database.JoinedCommand(Find);
        new Values(command.Parameters).Text(token);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetBoolean(2)) : null;
    }
}

/// <summary>Somebody who has a ticket's address.</summary>
/// <param name="Own">The ticket that it is the address of.</param>
/// <param name="Matter">The ticket that goes on in its place, where it was merged; else the same.</param>
internal sealed record Visit(string Token, Ticket Own, Ticket Matter, Instant Now)
{
    public Requester Reader => Own.Requester;

    /// <summary>The matter is another customer's, too: of her nothing is shown.</summary>
    public bool IsGuest => Matter.Requester.Id != Own.Requester.Id;

    /// <summary>The two are one matter from then on; null where they always were.</summary>
    public Instant? JoinedAt => IsGuest ? Own.ClosedAt : null;

    public bool HasExpired =>
        Matter is { Status: TicketStatus.Closed, ClosedAt: { } closed } && Now > closed + (Matter.Policy?.Definition.PageExpires?.Value ?? PolicyDefinition.DefaultPageExpires);
}

internal static class RetryAfter
{
    /// <summary>At the last moment: a problem clears what was set before it.</summary>
    public static void Say(HttpContext http, int seconds) => http.Response.OnStarting(() =>
    {
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    });
}
