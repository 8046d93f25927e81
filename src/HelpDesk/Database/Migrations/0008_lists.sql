-- Lists of tickets: with any single filter a page walks one index in the order of creation, so that it costs the same in a large desk as in a small one.

-- Ascending: what is new comes last in each value's stretch, and pages there are filled before they are split. A descending index was twice as large.
drop index tickets_by_creation, tickets_by_update, tickets_by_requester, tickets_by_status, tickets_by_queue, tickets_by_assignee, tickets_by_organisation;
create index tickets_by_creation on tickets (created_at, id);
create index tickets_by_update on tickets (updated_at, id);
create index tickets_by_requester on tickets (requester_id, created_at, id);
create index tickets_by_status on tickets (status, created_at, id);
create index tickets_by_queue on tickets (queue, created_at, id) where queue is not null;
create index tickets_by_assignee on tickets (assignee, created_at, id) where assignee is not null;
create index tickets_of_nobody on tickets (created_at, id) where assignee is null;
create index tickets_by_organisation on tickets (organisation_id, created_at, id) where organisation_id is not null;
create index tickets_by_priority on tickets (priority, created_at, id);
create index tickets_by_channel on tickets (channel, created_at, id);
create index tickets_by_category on tickets (category, created_at, id) where category is not null;
create index tickets_by_external_source on tickets (external_source, created_at, id) where external_source is not null;
-- Promised before an instant, the newest first: the few that promise anything are walked, without looking at the tickets themselves.
create index tickets_promising on tickets (created_at, id, next_promised_at) where next_promised_at is not null;

-- The states of a ticket's commitments together, a bit each: 1 running, 2 paused, 4 overdue (a sweep has found it lapsed), 8 kept, 16 broken, 32 cancelled.
alter table tickets add states integer not null default 0 check (states between 0 and 63);
update tickets t set states = (
    select coalesce(bit_or(case when state = 'running' and lapsed_at is not null then 4
        else case state when 'running' then 1 when 'paused' then 2 when 'kept' then 8 when 'broken' then 16 when 'cancelled' then 32 end end), 0)
    from commitments c where c.ticket_id = t.id);
create index tickets_with_running on tickets (created_at, id) where states & 1 <> 0;
create index tickets_with_paused on tickets (created_at, id) where states & 2 <> 0;
create index tickets_with_overdue on tickets (created_at, id) where states & 4 <> 0;
create index tickets_with_kept on tickets (created_at, id) where states & 8 <> 0;
create index tickets_with_broken on tickets (created_at, id) where states & 16 <> 0;
create index tickets_with_cancelled on tickets (created_at, id) where states & 32 <> 0;

-- A row for each tag and each value of a custom field that a ticket has, in the order of creation. Kept by triggers, whoever writes the ticket.
create table ticket_marks (
    -- A hash: two marks may share one, so whoever walks them looks at the ticket too.
    mark bigint not null,
    created_at timestamptz not null,
    ticket_id bigint not null,
    primary key (mark, created_at, ticket_id)
);

create function ticket_mark(name text) returns bigint language sql immutable parallel safe as
$$ select ('x' || left(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 16))::bit(64)::bigint $$;

-- 'tag vip', 'field floor 3'. A list has a mark for each of its values; what is nested deeper has none.
create function ticket_marks_of(tags text[], fields jsonb) returns setof bigint language sql immutable parallel safe as
$$
    select ticket_mark('tag ' || tag) from unnest(tags) tag
    union
    select ticket_mark('field ' || key || ' ' || case jsonb_typeof(value) when 'number' then trim_scale((value #>> '{}')::numeric)::text else value #>> '{}' end)
    from (
        select key, value from jsonb_each(fields) where jsonb_typeof(value) <> 'array'
        union all
        select key, item from jsonb_each(fields), lateral jsonb_array_elements(case jsonb_typeof(value) when 'array' then value else '[]' end) item) each
    where jsonb_typeof(value) in ('string', 'number', 'boolean')
$$;

create function mark_ticket() returns trigger language plpgsql as
$$
begin
    if tg_op <> 'INSERT' then
        delete from ticket_marks where created_at = old.created_at and ticket_id = old.id and mark in (select ticket_marks_of(old.tags, old.custom_fields));
    end if;
    if tg_op <> 'DELETE' then
        insert into ticket_marks select ticket_marks_of(new.tags, new.custom_fields), new.created_at, new.id;
    end if;
    return null;
end
$$;
create trigger opened_tickets_are_marked after insert on tickets for each row
    when (new.tags <> '{}' or new.custom_fields <> '{}') execute function mark_ticket();
create trigger changed_tickets_are_marked after update of tags, custom_fields, created_at on tickets for each row
    when ((new.tags, new.custom_fields, new.created_at) is distinct from (old.tags, old.custom_fields, old.created_at)) execute function mark_ticket();
create trigger removed_tickets_are_not_marked after delete on tickets for each row execute function mark_ticket();
insert into ticket_marks select ticket_marks_of(tags, custom_fields), created_at, id from tickets where tags <> '{}' or custom_fields <> '{}';
-- The marks do its work.
drop index tickets_by_custom_field;

-- A block that catches an exception cannot run in a process that shares a query with others.
alter function search_words(text, text) parallel unsafe;
alter function search_joined(tsvector, tsvector) parallel unsafe;
alter function search_document(bigint, text, text, text[]) parallel unsafe;
alter function search_question(text, text) parallel unsafe;
