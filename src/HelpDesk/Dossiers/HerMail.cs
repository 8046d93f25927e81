using System.Runtime.CompilerServices;
using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>What a customer wrote that is not on tickets of hers, and what her mail quoted.</summary>
internal static class HerMail
{
    private const string ByHer = "(m.author = 'customer' and lower(m.author_id) = any ($2))";

    /// <summary>The messages' ids, oldest first.</summary>
    public static async Task<Guid[]> Elsewhere(Guid customer, NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            select coalesce(array_agg(m.id order by m.sequence), '{"{}"}') from messages m
            where ({ByHer} or m.id in ({Hers.Notes})) and not exists (select from tickets t where t.id in (m.ticket_id, m.written_on) and t.requester_id = $1)
            """, connection) { Parameters = { new() { Value = customer }, new() { Value = await HerAddresses.Read(connection, customer, cancel) } } };
        return (Guid[])(await command.ExecuteScalarAsync(cancel))!;
    }

    public static async IAsyncEnumerable<QuotedMail> Quoted(Guid customer, NpgsqlDataSource database, int atOnce, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            var page = await Page(customer, database, after, atOnce, cancel);
            foreach (var (_, quoted) in page) yield return quoted;
            last = page.Count == atOnce ? page[^1].Id : null;
        }
    }

    private static async Task<IReadOnlyList<(Guid Id, QuotedMail Quoted)>> Page(Guid customer, NpgsqlDataSource database, Guid after, int atOnce, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(
            $"""
            select i.id, m.id, i.quoted from inbound_mails i join messages m on m.id = i.message_id
            where i.quoted is not null and i.id > $3 and ({ByHer} or m.id in ({Hers.Notes}) or (m.author = 'customer' and m.id in ({Hers.Messages})))
            order by i.id limit $4
            """, connection);
        command.Parameters.Add(new() { Value = customer });
        command.Parameters.Add(new() { Value = await HerAddresses.Read(connection, customer, cancel) });
        new Values(command.Parameters).Uuid(after).Integer(atOnce);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var page = new List<(Guid, QuotedMail)>();
        while (await row.ReadAsync(cancel)) page.Add((row.GetGuid(0), new(row.GetGuid(1), row.GetString(2))));
        return page;
    }
}
