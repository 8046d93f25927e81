-- How well promises are kept: a roll-up of the ledger. All of it can be emptied; the job makes it anew.

-- How far the roll-up has read. No row: it is made anew from the whole ledger.
create table performance_progress (
    only_row boolean primary key default true check (only_row),
    -- Raised whenever a figure may have changed.
    version bigint not null,
    -- The desk's zone that days were counted in.
    zone text not null,
    -- Events of transactions that this could see have been read,
    seen pg_snapshot not null,
    -- and all up to this sequence: none of a transaction that is still running lies below.
    read_to bigint not null,
    -- What read_to becomes once every transaction before this one is over.
    next_read_to bigint not null,
    next_after xid8 not null
);

-- What each commitment adds to each day.
create table performance_facts (
    commitment_id uuid not null,
    day date not null,
    ticket_id bigint not null,
    kind text not null,
    queue text,
    priority text not null,
    channel text not null,
    policy_id uuid,
    promises_made integer not null,
    promises_kept integer not null,
    promises_renewed integer not null,
    promises_broken integer not null,
    promises_silent integer not null,
    promises_withdrawn integer not null,
    kept integer not null,
    broken integer not null,
    cancelled integer not null,
    target_met integer not null,
    target_missed integer not null,
    -- Whole seconds to the answer or the resolution, in the term's hours less pauses, and by the clock on the wall.
    worked integer,
    elapsed integer,
    primary key (commitment_id, day)
);
create index performance_facts_by_day on performance_facts (day);
create index performance_facts_of_ticket on performance_facts (ticket_id);

-- Their sums by day. Each commitment is in one group of each grouping; those without a queue or a policy are in the group ''.
create table performance_days (
    grouping text not null check (grouping in ('kind', 'queue', 'priority', 'channel', 'policy')),
    day date not null,
    name text not null,
    promises_made bigint not null,
    promises_kept bigint not null,
    promises_renewed bigint not null,
    promises_broken bigint not null,
    promises_silent bigint not null,
    promises_withdrawn bigint not null,
    kept bigint not null,
    broken bigint not null,
    cancelled bigint not null,
    target_met bigint not null,
    target_missed bigint not null,
    -- Each value, four bytes, ascending: percentiles are exact over any number of days.
    response_worked bytea not null,
    response_elapsed bytea not null,
    resolution_worked bytea not null,
    resolution_elapsed bytea not null,
    primary key (grouping, day, name)
);
alter table performance_days
    alter column response_worked set storage external, alter column response_elapsed set storage external,
    alter column resolution_worked set storage external, alter column resolution_elapsed set storage external;

-- Tickets to count again for what no event of the ledger tells. Rows are only added and taken away: writers never wait for each other.
create table performance_marks (
    ticket_id bigint not null
);

create function mark_for_performance() returns trigger language plpgsql as
$$
begin
    insert into performance_marks values (case tg_table_name when 'tickets' then (to_jsonb(new) ->> 'id')::bigint else (to_jsonb(new) ->> 'ticket_id')::bigint end);
    return null;
end
$$;
create trigger reclassified_tickets_are_counted_again after update of queue, priority, channel on tickets for each row
    when ((new.queue, new.priority, new.channel) is distinct from (old.queue, old.priority, old.channel)) execute function mark_for_performance();
create trigger commitments_of_another_policy_are_counted_again after update of policy_id on commitments for each row
    when (new.policy_id is distinct from old.policy_id) execute function mark_for_performance();
-- Past the cap on renewals a follow-up that did not leave changes nothing in the ledger, but what the customer knew.
create trigger withdrawn_follow_ups_are_counted_again after update of withdrawn_at on follow_ups for each row
    when (new.withdrawn_at is distinct from old.withdrawn_at) execute function mark_for_performance();
