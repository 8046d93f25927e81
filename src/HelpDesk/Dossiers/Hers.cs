namespace HelpDesk.Dossiers;

/// <summary>
/// What of a ticket is the customer's ($1, her addresses $2) who is erased, and what is another's: tickets of different customers may have been merged. In SQL, to be put into statements.
/// </summary>
internal static class Hers
{
    /// <summary>
    /// In place of "with". <c>hers</c>: her tickets. <c>shared</c>: those that took in another customer's, and since when, so that both were told what was promised and offered from then on.
    /// <c>theirs</c>: commitments that came to them from others' tickets, and when.
    /// </summary>
    public const string With =
        """
        with recursive hers as materialized (select id from tickets where requester_id = $1),
        shared (id, at) as (
            select e.ticket_id, e.at from events e join tickets o on o.id = (e.data ->> 'fromId')::bigint
            where e.ticket_id in (select id from hers) and e.type = 'ticket.merged' and e.data ->> 'intoId' = e.ticket_id::text and o.requester_id <> $1
            union
            select (e.data ->> 'intoId')::bigint, greatest(e.at, s.at) from shared s join events e on e.ticket_id = s.id
            where e.type = 'ticket.merged' and e.data ->> 'fromId' = e.ticket_id::text),
        theirs as materialized (
            select (each ->> 'commitmentId')::uuid as id, min(e.at) as at
            from tickets o join events e on e.ticket_id = o.id cross join jsonb_array_elements(e.data -> 'moved') as each
            where o.requester_id <> $1 and e.type = 'ticket.merged' and e.data ->> 'fromId' = e.ticket_id::text
                and o.merged_into_id in (select coalesce(merged_into_id, id) from tickets where requester_id = $1)
            group by 1)
        """;

    /// <summary>What was written on her tickets, and has moved since or not; but for what other customers wrote there who watched.</summary>
    public const string Messages = $"select id from messages m where {IsOnHers} and not (author = 'customer' and author_id is not null and author_id in (select email from customer_addresses where customer_id <> $1))";

    /// <summary>Written on her ticket, by whomever.</summary>
    public const string IsOnHers =
        "(written_on in (select id from tickets where requester_id = $1) or (written_on is null and ticket_id in (select id from tickets where requester_id = $1)))";

    /// <summary>What agents were told of mail of hers to tickets that she was nothing to: as <c>FileMail</c> writes it, with her name and her words.</summary>
    public const string Notes =
        """
        select m.id from inbound_mails i join messages m on m.id = i.message_id
        where i.outcome = 'note' and m.author = 'system' and m.automated and m.visibility = 'internal' and exists (
            select from unnest($2) as a (email) cross join lower(split_part(m.body, E'\n\n', 1)) as head
            where starts_with(head, 'mail ') and (position(' <' || a.email || '>' in head) > 0 or position(' from ' || a.email || ', ' in head) > 0 or position(' from ' || a.email || '. ' in head) > 0))
        """;

    /// <summary>What was sent to her, copies for a watcher that the desk did not know yet among it, and what tells others of her: not what another customer was written about a ticket of his own.</summary>
    public const string IsDelivery =
        """
        (customer_id = $1 or (ticket_id in (select id from tickets where requester_id = $1) and (customer_id is null or effect like 'watcher:%'))
            or (customer_id is null and recipient = any ($2) and effect like 'watcher:%'))
        """;

    /// <summary>Whether a commitment, and what happened to it at an instant, was another's too.</summary>
    public static string IsTheirsToo(string ticket, string commitment, string at) =>
        $"({commitment} in (select id from theirs) or exists (select from shared s where s.id = {ticket} and s.at < {at}))";
}
