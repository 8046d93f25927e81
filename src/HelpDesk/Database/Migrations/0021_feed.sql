-- The feed of events: read by what each transaction could see, see Events/Feed.

-- Whoever writes an event has its transaction's number before its sequence: so a sequence that was seen says which transactions may still write below it.
alter table events alter column sequence drop identity;
create sequence events_sequence_seq owned by events.sequence;
select setval('events_sequence_seq', coalesce((select max(sequence) from events), 0) + 1, false);
alter table events alter column sequence set default (case when pg_current_xact_id() is not null then nextval('events_sequence_seq') end);

-- Of the numbers of transactions. Another one, of chance, when a restored database gives them anew.
create table feed_era (
    only_row boolean primary key default true check (only_row),
    era integer not null
);
insert into feed_era (era) values ((random() * 2147483647)::integer);

-- In a database that was restored into a cluster whose transactions have lower numbers, those of the events are of no use: there they may be given up.
create or replace function keep_events() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('helpdesk.erasing', true) = 'on'
        and (new.sequence, new.transaction, new.at, new.type, new.ticket_id, new.commitment_id, new.promise_id, new.actor, new.request_id)
            is not distinct from (old.sequence, old.transaction, old.at, old.type, old.ticket_id, old.commitment_id, old.promise_id, old.actor, old.request_id)
    then
        return new;
    end if;
    if tg_op = 'UPDATE' and current_setting('helpdesk.restored', true) = 'on'
        and (new.sequence, new.at, new.type, new.ticket_id, new.commitment_id, new.promise_id, new.actor, new.request_id, new.data)
            is not distinct from (old.sequence, old.at, old.type, old.ticket_id, old.commitment_id, old.promise_id, old.actor, old.request_id, old.data)
    then
        return new;
    end if;
    raise exception 'events are append-only' using errcode = 'restrict_violation';
end
$$;
