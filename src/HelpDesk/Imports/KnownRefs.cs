using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>Which of some tickets the desk has already, by what their own systems call them.</summary>
internal static class KnownRefs
{
    public static (string Source, string Ref) Of(ImportedTicket ticket) => (ticket.ExternalSource ?? "", ticket.ExternalRef);

    public static IEnumerable<(string Source, string Ref)> Of(IEnumerable<LineRead> lines) => lines.Where(line => line.Ticket is not null).Select(line => Of(line.Ticket!));

    public static async Task<HashSet<(string Source, string Ref)>> Read(NpgsqlConnection connection, IReadOnlyList<LineRead> lines, CancellationToken cancel)
    {
        var tickets = lines.Where(line => line.Ticket is not null).Select(line => line.Ticket!).ToList();
        await using var command = new NpgsqlCommand(
            """
            select n.source, n.ref from (select distinct * from unnest($1, $2) as n (source, ref)) n
            where exists (select from tickets t where coalesce(t.external_source, '') = n.source and t.external_ref = n.ref)
            """, connection);
        new Columns<ImportedTicket>(command.Parameters, tickets).Text(ticket => ticket.ExternalSource ?? "").Text(ticket => ticket.ExternalRef);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var known = new HashSet<(string, string)>();
        while (await row.ReadAsync(cancel)) known.Add((row.GetString(0), row.GetString(1)));
        return known;
    }
}
