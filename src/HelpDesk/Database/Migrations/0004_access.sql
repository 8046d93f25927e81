-- Keys held to queues, made for an agent, and replaced with an overlap.
alter table api_keys
    add row_version bigint not null default 1,
    add queues text[] check (cardinality(queues) > 0),
    add agent_id uuid,
    add previous_hash bytea check (length(previous_hash) = 32),
    add previous_until timestamptz,
    add check ((previous_hash is null) = (previous_until is null)),
    add check (queues is null or not 'admin' = any (scopes));

-- The log of events is the audit log: nothing in it is changed or taken away. Erasing a person's data may blank what an event says, and nothing else of it,
-- in a transaction that says so: set local helpdesk.erasing = 'on'.
create function keep_events() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('helpdesk.erasing', true) = 'on'
        and (new.sequence, new.transaction, new.at, new.type, new.ticket_id, new.commitment_id, new.promise_id, new.actor, new.request_id)
            is not distinct from (old.sequence, old.transaction, old.at, old.type, old.ticket_id, old.commitment_id, old.promise_id, old.actor, old.request_id)
    then
        return new;
    end if;
    raise exception 'events are append-only' using errcode = 'restrict_violation';
end
$$;
create trigger events_append_only before update or delete on events for each row execute function keep_events();
create trigger events_not_emptied before truncate on events for each statement execute function keep_events();

-- Looked through newest first, by time. Who and what are looked for in a sketch of each stretch of the table: a tree of each would cost every ticket dearly, and
-- what is asked for often is found in the newest rows anyway.
create index events_by_time on events (at, sequence);
create index events_sketch on events using brin (actor text_bloom_ops, type text_bloom_ops) with (autosummarize = on, pages_per_range = 64);
create index events_by_request on events (request_id) where request_id is not null;
