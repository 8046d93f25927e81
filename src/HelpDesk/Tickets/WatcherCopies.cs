using System.Security.Cryptography;
using System.Text;
using HelpDesk.Delivery;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>Copies of agents' messages and of resolutions for a ticket's watchers. They say what was written and promise nothing.</summary>
internal static class WatcherCopies
{
    public static bool AreOwed(Ticket ticket, Letter letter) => letter.Kind is MessageKind.Reply or MessageKind.Resolution && ticket.Watchers.Count > 0;

    /// <summary>One letter per address. A watcher whom the desk knows is written in her language, and not at all when she opted out or mail to her comes back.</summary>
    public static async Task<IReadOnlyList<OutgoingMessage>> Write(
        NpgsqlConnection connection, Letters letters, IReadOnlyList<(Ticket Ticket, Letter Letter)> owed, Instant now, CancellationToken cancel)
    {
        if (owed.Count == 0) return [];
        var known = await Known(connection, [.. owed.SelectMany(copy => copy.Ticket.Watchers).Distinct()], cancel);
        var written = new List<OutgoingMessage>();
        foreach (var (ticket, letter) in owed)
        {
            var others = ticket.AlsoPromised.Select(other => other.Person.Email).Append(ticket.Requester.Email);
            foreach (var address in ticket.Watchers.Except(others.OfType<string>()))
            {
                var person = known.GetValueOrDefault(address) ?? new Requester(Guid.Empty, address, null, null, null, null, "email", null, null, false, false, null);
                var copy = letter with { Effect = $"watcher:{letter.Effect}:{Named(address)}", Items = [] };
                // The page is the customer's: who opens it writes in her name.
                if (letters.Write(ticket, Addressee.Of(ticket) with { Person = person, PageToken = null }, copy, now) is { } message) written.Add(message);
            }
        }

        return written;
    }

    /// <summary>An effect is remembered for good: it does not hold the address itself.</summary>
    private static string Named(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..16];

    private static async Task<Dictionary<string, Requester>> Known(NpgsqlConnection connection, string[] addresses, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select a.email, {RequesterRow.Columns}
            from customer_addresses a join customers c on c.id = a.customer_id left join organisations o on o.id = c.organisation_id
            where a.email = any ($1)
            """, connection) { Parameters = { new() { Value = addresses } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var known = new Dictionary<string, Requester>(StringComparer.Ordinal);
        // She asked to watch by mail, however she is answered on tickets of her own.
        while (await row.ReadAsync(cancel)) known[row.GetString(0)] = RequesterRow.Read(row, 1) with { Email = row.GetString(0), PreferredChannel = "email" };
        return known;
    }
}
