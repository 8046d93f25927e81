using HelpDesk.Database;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>
/// What another was promised besides her, on her ticket, stands: in the words of the agent who promised it, or else in the desk's own, which were in her language and named her zone, and name
/// the desk's from now on.
/// </summary>
internal static class SharedPromises
{
    private sealed record Row(Guid Id, string Words);

    public static async Task Reword(NpgsqlConnection connection, Guid id, PromiseWords words, DateTimeZone zone, CancellationToken cancel)
    {
        var kept = new List<Row>();
        await using (var command = new NpgsqlCommand(
            $"""
            {Hers.With}
            select p.id, c.kind, p.promised_at, c.words from promises p join commitments c on c.id = p.commitment_id
            where p.ticket_id in (select id from hers) and p.words <> '(erased)' and not (p.made_by = 'agent' and c.words is not null)
                and exists (select from shared s where s.id = p.ticket_id and s.at <= p.made_at)
            """, connection) { Parameters = { new() { Value = id } } })
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                kept.Add(new(row.GetGuid(0), words.For(row.GetString(1), row.GetDateTime(2).ToInstant(), zone, locale: null, row.Text(3))));
            }
        }

        if (kept.Count == 0) return;
        await using var update = new NpgsqlCommand("update promises p set words = new.words from unnest($1, $2) as new (id, words) where p.id = new.id", connection);
        new Columns<Row>(update.Parameters, kept).Uuid(row => row.Id).Text(row => row.Words);
        await update.ExecuteNonQueryAsync(cancel);
    }
}
