using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>
/// How often the desk answers of itself what a customer writes on one ticket: a vacation notice that nobody flagged would else be answered, and answer, for
/// ever. What is promised stands all the same, and is followed up.
/// </summary>
internal static class AutomaticReplies
{
    /// <summary>The hour, business time, that they are counted in.</summary>
    public static readonly Duration Within = Duration.FromHours(1);

    public static async Task<bool> AreUsedUp(TicketWork work, Ticket ticket, DeskSettings settings, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select count(*) from deliveries where ticket_id = $1 and created_at > $2 and copy_of is null
                and (kind = 'acknowledgement' or (kind = 'reopened' and effect like 'message:%'))
            """, work.Connection)
        {
            Parameters = { new() { Value = ticket.Id }, new() { Value = (work.Now - Within).ToUtc() } },
        };
        return (long)(await command.ExecuteScalarAsync(cancel))! >= settings.AutomaticRepliesPerHour;
    }
}
