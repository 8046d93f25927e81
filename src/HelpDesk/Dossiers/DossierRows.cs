using Npgsql;

namespace HelpDesk.Dossiers;

/// <summary>The rows that speak of a customer, without what they say of her.</summary>
internal static class DossierRows
{
    /// <summary>What was promised to her until her ticket was merged into another's, and is owed there now.</summary>
    private const string MovedAway =
        $"""
        {Hers.With},
        moved as (
            select e.ticket_id, (each ->> 'commitmentId')::uuid as id, max(e.at) as at from events e cross join jsonb_array_elements(e.data -> 'moved') as each
            where e.ticket_id in (select id from hers) and e.type = 'ticket.merged' and e.data ->> 'fromId' = e.ticket_id::text
                and not exists (select from theirs t where t.id = (each ->> 'commitmentId')::uuid and t.at <= e.at)
            group by 1, 2)
        """;

    private static readonly string[] Statements =
    [
        // Whoever writes a digest for agents has written it, or writes it afterwards.
        "select pg_advisory_xact_lock(hashtextextended('notices', 0))",
        // A digest that tells of hers besides others' is made again without hers, if it has not left.
        """
        with hers as materialized (select id from tickets where requester_id = $1),
        told as materialized (select distinct delivery_id as id from notices where ticket_id in (select id from hers) and delivery_id is not null),
        blanked as (
            update deliveries d set effect = d.effect || ':erased', subject = '(erased)', text_body = '', html_body = '', data = null, signed_as = null, last_error = null, lease_id = null, leased_until = null,
                state = case when d.state = 'sent' then d.state else 'withdrawn' end, ended_at = coalesce(d.ended_at, $3)
            from told where d.id = told.id returning d.id, d.state),
        freed as (
            update notices n set delivery_id = null from blanked
            where n.delivery_id = blanked.id and blanked.state = 'withdrawn' and n.ticket_id not in (select id from hers))
        update notices set delivery_id = null, dropped_at = $3
        where ticket_id in (select id from hers) and dropped_at is null
            and (delivery_id is null or delivery_id in (select id from blanked where state = 'withdrawn'))
        """,
        """
        update customers set row_version = row_version + 1, email = null, name = null, locale = null, time_zone = null, tier = null, organisation_id = null,
            quiet_from = null, quiet_to = null, webhook_url = null, preferred_channel = 'email', opt_out = true, unreachable_since = null, erased_at = $3, updated_at = greatest(updated_at, $3)
        where id = $1
        """,
        // What she wrote to others' tickets, which she watched or watched once, is nobody's by name.
        "update messages set author_id = null where author = 'customer' and lower(author_id) = any ($2)",
        // What she mailed to others' tickets that she was nothing to.
        $"""
        with notes as materialized ({Hers.Notes}),
        files as (delete from attachments where message_id in (select id from notes)),
        mails as (update inbound_mails set quoted = null where message_id in (select id from notes) and quoted is not null)
        update messages set body = '(erased)' where id in (select id from notes)
        """,
        // What others' tickets say of her: that she watched them.
        """
        update tickets t set row_version = row_version + 1, updated_at = greatest(updated_at, $3),
            watchers = array(select watcher from unnest(t.watchers) watcher where watcher <> all ($2))
        where t.watchers <> '{}' and t.watchers && $2
        """,
        "delete from webhook_secrets where holder in (select 'customer:' || $1::text union all select 'customer:' || id from customer_merges where into_id = $1)",
        "delete from customer_addresses where customer_id = $1",
        // Files that lie in a folder are swept within a day.
        $"""
        delete from attachments where (message_id is null and ticket_id in (select id from tickets where requester_id = $1)) or message_id in ({Hers.Messages})
        """,
        // What the promises say is written in her zone; what an agent promised, in the agent's words to her.
        $"""
        {Hers.With}
        update promises p set words = '(erased)', why = null where ticket_id in (select id from hers) and not {Hers.IsTheirsToo("p.ticket_id", "p.commitment_id", "p.made_at")}
        """,
        $"""
        {Hers.With}
        update commitments c set words = '(erased)'
        where words is not null and ticket_id in (select id from hers) and not {Hers.IsTheirsToo("c.ticket_id", "c.id", "c.started_at")}
        """,
        $"""
        {MovedAway}
        update promises p set words = '(erased)', why = null from moved
        where p.commitment_id = moved.id and p.made_at <= moved.at and not exists (select from shared s where s.id = moved.ticket_id and s.at < p.made_at)
        """,
        $"""
        {MovedAway}
        update commitments c set words = '(erased)' from moved
        where c.id = moved.id and c.words is not null and not exists (select from shared s where s.id = moved.ticket_id and s.at < c.started_at)
        """,
        """
        update tickets set row_version = row_version + 1, updated_at = greatest(updated_at, $3)
        where requester_id <> $1 and id in (select ticket_id from messages where written_on in (select id from tickets where requester_id = $1))
        """,
        // Before its words: it is by them that it is told whose it is.
        $"update inbound_mails set quoted = null where quoted is not null and message_id in (select id from messages where {Hers.IsOnHers})",
        $"""
        update messages set body = '(erased)', author_id = case author when 'customer' then null else author_id end where id in ({Hers.Messages})
        """,
        // Servers say whom they refuse.
        $"update delivery_attempts set words = '(erased)' where words is not null and delivery_id in (select id from deliveries where {Hers.IsDelivery})",
        // What receivers of events answered may repeat what they were sent.
        """
        update webhook_attempts a set answer = '(erased)' from webhook_deliveries d
        where d.ticket_id in (select id from tickets where requester_id = $1) and a.webhook_id = d.webhook_id and a.event_sequence = d.event_sequence and a.answer <> ''
        """,
        // What was given as the reason, and what agents offered, was said to her.
        $"""
        {Hers.With}
        update recoveries r set reason = null where ticket_id in (select id from hers) and not {Hers.IsTheirsToo("r.ticket_id", "r.commitment_id", "r.at")}
        """,
        $"""
        {Hers.With}
        update remedies r set text = '(erased)' where ticket_id in (select id from hers) and not exists (select from shared s where s.id = r.ticket_id and s.at < r.made_at)
        """,
        // A follow-up or an apology that others are sent copies of is theirs from now on: it is late, or taken back, by theirs.
        """
        with heirs as materialized (
            select distinct on (c.copy_of) c.copy_of as was, c.id from deliveries d join deliveries c on c.copy_of = d.id
            where d.customer_id = $1 and d.state in ('queued', 'failed') and c.customer_id <> $1 and c.state in ('queued', 'failed', 'sent')
            order by c.copy_of, c.sequence),
        followed as (update follow_ups f set delivery_id = heirs.id from heirs where f.delivery_id = heirs.was),
        recovered as (update recoveries r set delivery_id = heirs.id from heirs where r.delivery_id = heirs.was),
        offered as (update remedies r set delivery_id = heirs.id from heirs where r.delivery_id = heirs.was)
        update deliveries d set copy_of = nullif(heirs.id, d.id) from heirs where d.copy_of = heirs.was
        """,
        // One that a sender holds at this moment may still leave; nothing leaves after it.
        $"""
        update deliveries set recipient = '(erased)', recipient_name = null, locale = '', subject = '(erased)', text_body = '', html_body = '', last_error = null,
            in_reply_to = null, mail_references = null, data = null, signed_as = null, read_at = null, bounce_words = null, lease_id = null, leased_until = null,
            state = case when state = 'sent' then state else 'withdrawn' end, ended_at = coalesce(ended_at, $3)
        where {Hers.IsDelivery}
        """,
        // A new token: the address of the ticket's page that she was sent leads nowhere.
        """
        update tickets set row_version = row_version + 1, subject = '(erased)', custom_fields = '{}', external_ref = null, external_source = null, watchers = '{}',
            reason = null,
            public_token = translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/=', '-_'), page_token = null, updated_at = greatest(updated_at, $3)
        where requester_id = $1
        """,
    ];

    /// <param name="connection">In a transaction.</param>
    /// <param name="id">The customer: $1.</param>
    /// <param name="addresses">All that were ever hers: $2.</param>
    /// <param name="now">The desk's time: $3.</param>
    /// <param name="cancel">Ends with the request.</param>
    public static async Task Blank(NpgsqlConnection connection, Guid id, string[] addresses, Instant now, CancellationToken cancel)
    {
        await using var batch = connection.CreateBatch();
        foreach (var sql in Statements) batch.BatchCommands.Add(Command(sql, id, addresses, now.ToDateTimeUtc()));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>With those of the values that it speaks of, and these by the numbers that they have then.</summary>
    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand();
        for (var number = 1; number <= values.Length; number++)
        {
            var name = $"${number}";
            if (!sql.Contains(name, StringComparison.Ordinal)) continue;
            command.Parameters.Add(new() { Value = values[number - 1] });
            sql = sql.Replace(name, $"${command.Parameters.Count}", StringComparison.Ordinal);
        }

        command.CommandText = sql;
        return command;
    }
}
