using System.Globalization;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Delivery;
using Npgsql;

namespace HelpDesk.Inbound;

/// <summary>The ticket that a mail is about, and what its sender is to it.</summary>
/// <param name="TicketId">The ticket whose mail it answers.</param>
/// <param name="OwnId">The sender's own ticket there: that one, or one that was merged with it; null where she has none.</param>
/// <param name="IsWatcher">Whether she is sent copies.</param>
internal sealed record MailThread(long TicketId, long? OwnId, bool IsWatcher)
{
    private const string ThreadStart = "ticket-";

    /// <summary>
    /// By the tag in its recipients' addresses, then by the Message-IDs that it answers, the nearest first: those of the desk's mail, of mail that the desk received,
    /// and the one that names a ticket's thread. None of them can be guessed. Null where there is none, or none that the caller sees.
    /// </summary>
    public static async Task<MailThread?> Find(NpgsqlConnection connection, ReceivedMail mail, ReplyAddresses replies, string? recipient, Caller caller, CancellationToken cancel)
    {
        var tagged = mail.Recipients.Prepend(recipient).OfType<string>().Select(replies.TicketOf).FirstOrDefault(ticket => ticket is not null);
        if (tagged is null && mail.Answers.Count == 0) return null;
        await using var command = new NpgsqlCommand(
            """
            with named as (
                select 0::bigint as place, id from tickets where id = $1
                union all
                select a.place, d.ticket_id from unnest($2) with ordinality as a (name, place) join deliveries d on d.message_id = a.name where d.channel = 'email' and d.ticket_id is not null
                union all
                select a.place, m.ticket_id from unnest($3) with ordinality as a (name, place) join inbound_mails i on i.named = a.name join messages m on m.id = i.message_id
                union all
                select a.place, t.id from unnest($4, $7) with ordinality as a (ticket, mark, place) join tickets t on t.id = a.ticket
                where left(encode(sha256(convert_to('thread:' || t.public_token, 'UTF8')), 'hex'), 32) = a.mark)
            select t.id, own.id, $6 = any (r.watchers)
            from named n join tickets t on t.id = n.id join tickets r on r.id = coalesce(t.merged_into_id, t.id)
            left join lateral (
                select o.id from tickets o join customer_addresses a on a.customer_id = o.requester_id
                where a.email = $6 and (o.id = r.id or o.merged_into_id = r.id) and ($5 is null or o.queue = any ($5))
                order by o.id = t.id desc, o.id = r.id desc, o.id limit 1) as own on true
            where $5 is null or (t.queue = any ($5) and r.queue = any ($5))
            order by n.place, t.id limit 1
            """, connection);
        var values = new Values(command.Parameters).Bigint(tagged).Texts([.. mail.Answers.Select(id => $"<{id}>")]);
        command.Parameters.Add(new() { Value = mail.Answers.Select(InboundLog.Hash).ToArray() });
        var threads = mail.Answers.Select(ThreadOf).ToList();
        command.Parameters.Add(new() { Value = threads.Select(thread => thread.Ticket).ToArray() });
        values.Texts(caller.Queues).Text(mail.Sender.Address).Texts([.. threads.Select(thread => thread.Mark)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetBoolean(2)) : null;
    }

    /// <summary>As <see cref="MailIds.ThreadOf"/> writes it; 0 for what is none.</summary>
    private static (long Ticket, string Mark) ThreadOf(string id) =>
        id.StartsWith(ThreadStart, StringComparison.Ordinal) && id[ThreadStart.Length..].Split('-', '@') is [var number, var mark, ..]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ticket) ? (ticket, mark) : (0, "");
}
