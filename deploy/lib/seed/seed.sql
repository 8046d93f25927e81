-- A desk of :tickets tickets from three years up to now, but for their full text, in one transaction: all of it or nothing. deploy/seed says what it is for.
\set ON_ERROR_STOP on
\set QUIET on
begin;
set local synchronous_commit = off;
set local work_mem = '256MB';
set local maintenance_work_mem = '1GB';
set local jit = off;
select setseed(0.5) \g /dev/null
\ir words.sql

-- Rows are loaded into bare tables; indexes and references are made (and so checked) afterwards, as they stood.
\echo 'Taking indexes and references down …'
create temp table seed_rebuild (position serial, statement text);
do $$
declare each record;
begin
    for each in select conrelid::regclass as home, conname, pg_get_constraintdef(oid) as definition from pg_constraint
        where contype = 'f' and connamespace = current_schema()::regnamespace and conrelid in (
            'customers'::regclass, 'customer_addresses'::regclass, 'tickets'::regclass, 'messages'::regclass, 'commitments'::regclass, 'promises'::regclass)
    loop
        insert into seed_rebuild (statement) values (format('alter table %s add constraint %I %s', each.home, each.conname, each.definition));
        execute format('alter table %s drop constraint %I', each.home, each.conname);
    end loop;
    for each in select i.indexrelid::regclass as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
        where i.indrelid in ('tickets'::regclass, 'messages'::regclass, 'commitments'::regclass, 'promises'::regclass, 'events'::regclass)
            and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
    loop
        insert into seed_rebuild (statement) values (each.definition);
        execute format('drop index %s', each.name);
    end loop;
    -- First the indexes: the references need some of them.
    update seed_rebuild set position = position + 1000 where statement like 'alter%';
end $$;
alter table tickets disable trigger user;
alter table messages disable trigger user;

-- An id as the desk makes them: by time.
create function pg_temp.id_at(at timestamptz) returns uuid language sql volatile as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(r, 1, 3) || '8' || substr(r, 4, 15))::uuid from (select md5(random()::text || at::text) as r) m $$;
-- A number below most: the lower, the likelier.
create function pg_temp.low(most integer) returns integer language sql volatile as $$ select floor(most * random() ^ 3)::integer $$;

\echo 'People …'
create temp table seed_start as select date_trunc('milliseconds', now()) as now, now() - interval '3 years' as start, :tickets::bigint as tickets, greatest(:tickets / 10, 10) as customers, greatest(:tickets / 200, 5) as organisations;
insert into calendars (id, name, version, row_version, created_at, updated_at) select 'c0000000-0000-7000-8000-000000000001', 'Seeded office', 1, 1, start, start from seed_start;
insert into calendar_versions (calendar_id, version, definition, created_at) select 'c0000000-0000-7000-8000-000000000001', 1,
    '{"name": null, "timeZone": "Europe/Helsinki", "week": {"mon": [["08:00", "17:00"]], "tue": [["08:00", "17:00"]], "wed": [["08:00", "17:00"]], "thu": [["08:00", "17:00"]], "fri": [["08:00", "17:00"]]}, "holidays": null, "exceptions": null}', start from seed_start;
insert into policies (id, name, version, row_version, position, created_at, updated_at)
select 'c0000000-0000-7000-8000-000000000002', 'Seeded', 1, 1, (select coalesce(max(position), 0) + 1 from policies), start, start from seed_start;
insert into policy_versions (policy_id, version, calendar_id, definition, created_at) select 'c0000000-0000-7000-8000-000000000002', 1, 'c0000000-0000-7000-8000-000000000001',
    '{"name": "Seeded", "when": null, "terms": {"first_response": {"target": "PT4H", "hours": "around_the_clock"}, "resolution": {"target": "PT120H", "hours": "around_the_clock"}}, "remedy": null, "published": true, "calendarId": "c0000000-0000-7000-8000-000000000001", "closeAfter": null, "description": null, "reopenTarget": null, "reopenWindow": null}', start from seed_start;
create temp table seed_queues as select string_to_array('billing support sales returns logistics onboarding hardware network accounts legal warranty partners retail wholesale press travel payroll security facilities archive', ' ') as names;
insert into queues (id, row_version, name, lead_ids, created_at, updated_at)
select pg_temp.id_at(start), 1, name, '{}', start, start from seed_start, seed_queues, unnest(names) as name on conflict do nothing;
insert into custom_fields (id, row_version, key, label, type, choices, required, created_at, updated_at)
select pg_temp.id_at(start), 1, key, label, type, choices::text[], false, start, start from seed_start, (values
    ('floor', 'Floor', 'number', '{}'), ('site', 'Site', 'choice', '{north,south,east,west,harbour,airport}'), ('onsite', 'On site', 'boolean', '{}'), ('contract', 'Contract', 'text', '{}'))
    as given (key, label, type, choices) on conflict do nothing;
create temp table seed_organisations as
select n, pg_temp.id_at(start) as id from seed_start, generate_series(1, (select organisations from seed_start)) n;
insert into organisations (id, row_version, name, tier, created_at, updated_at) select id, 1, 'Organisation ' || n, case when n % 10 = 0 then 'gold' end, start, start from seed_organisations, seed_start;
insert into organisation_domains (domain, organisation_id, position) select 'org' || n || '.example', id, 0 from seed_organisations;
create temp table seed_customers as
select n, pg_temp.id_at(start) as id, (array['en', 'en', 'tr', 'fi'])[1 + n % 4] as locale, case when n % 2 = 0 then 1 + pg_temp.low((select organisations from seed_start)::integer) end as organisation
from seed_start, generate_series(1, (select customers from seed_start)) n;
create unique index on seed_customers (n);
insert into customers (id, row_version, email, name, locale, time_zone, preferred_channel, opt_out, created_at, updated_at, organisation_id)
select c.id, 1, 'customer' || c.n || coalesce('@org' || c.organisation || '.example', '@example.org'), 'Customer ' || c.n, c.locale,
    case c.locale when 'tr' then 'Europe/Istanbul' when 'fi' then 'Europe/Helsinki' else 'Europe/London' end, 'email', false, start, start, o.id
from seed_start, seed_customers c left join seed_organisations o on o.n = c.organisation;
insert into customer_addresses (email, customer_id, position) select email, id, 0 from customers join seed_customers using (id);

\echo 'Tickets …'
-- What happens to each, and when. Old ones are closed but for a few; of the newest most are open.
create temp table seed_plan as
select p.*,
    case when status = 'new' then null else least(created_at + interval '6 hours' * random() ^ 3, now) end as answered_at,
    case when status in ('resolved', 'closed') then least(created_at + interval '1 hour' + interval '6 days' * random(), now) end as resolved_at
from (
    select i as id, c.id as requester_id, c.locale, o.id as organisation_id, s.now,
        s.start + (s.now - s.start) * ((i - random()) / s.tickets) as created_at,
        case
            when i > s.tickets * 0.9985 then case when u < 0.3 then 'new' when u < 0.65 then 'open' when u < 0.8 then 'waiting_on_customer' else 'resolved' end
            when i > s.tickets * 0.987 then case when u < 0.02 then 'new' when u < 0.1 then 'open' when u < 0.16 then 'waiting_on_customer' when u < 0.18 then 'on_hold' else 'resolved' end
            else case when u < 0.0004 then 'new' when u < 0.005 then 'open' when u < 0.01 then 'waiting_on_customer' when u < 0.012 then 'on_hold' else 'closed' end
        end as status
    from seed_start s, lateral (select i, random() as u, 1 + pg_temp.low((select customers from seed_start)::integer) as customer from generate_series(1, s.tickets) i) d
        join seed_customers c on c.n = d.customer left join seed_organisations o on o.n = c.organisation) p
order by p.id;
analyze seed_plan;
create temp table seed_promised as
select *,
    case when answered_at is not null then case when answered_at <= created_at + interval '4 hours' then 8 else 16 end when first_at < now then 4 else 1 end as first_state,
    case when resolved_at is not null then case when resolved_at <= created_at + interval '5 days' then 8 else 16 end
        when status in ('waiting_on_customer', 'on_hold') then case when id % 50 = 0 then 32 else 2 end when solved_at < now then 4 else 1 end as resolution_state
from (select *, created_at + interval '4 hours' as first_at, created_at + interval '5 days' as solved_at, now + interval '4 hours' * random() as first_anew, now + interval '5 days' * random() as solved_anew from seed_plan) p
order by id;
insert into tickets (id, row_version, subject, status, priority, channel, queue, category, tags, custom_fields, external_ref, external_source, created_by, requester_id, organisation_id, assignee,
    public_token, policy_id, policy_version, calendar_id, calendar_version, clock, next_promised_at, created_at, updated_at, resolved_at, closed_at, close_at, states)
select p.id, 2,
    left(trim(trailing '.' from s.sentence), 200) || ' ' || p.id, p.status,
    case when u < 0.01 then 'urgent' when u < 0.15 then 'high' when u < 0.2 then 'low' else 'normal' end,
    case when v < 0.6 then 'web' when v < 0.9 then 'email' when v < 0.995 then 'api' else 'phone' end,
    case when p.id % 33 <> 0 then q.names[1 + pg_temp.low(20)] end,
    case when p.id % 5 < 3 then 'category-' || pg_temp.low(40) end,
    case when p.id % 10 < 3 then array(select distinct 'tag-' || pg_temp.low(500) from generate_series(0, p.id % 3) where p.id > 0) else '{}' end,
    case p.id % 5 when 0 then jsonb_build_object('floor', pg_temp.low(60), 'site', (array['north', 'south', 'east', 'west', 'harbour', 'airport'])[1 + pg_temp.low(6)])
        when 1 then jsonb_build_object('onsite', p.id % 500 = 1, 'contract', 'C-' || (p.id / 20)) else '{}' end,
    case when p.id % 5 = 2 then 'ref-' || p.id end,
    case when p.id % 5 = 2 then case when p.id % 1000 = 2 then 'legacy' when p.id % 50 = 2 then 'shop' else 'crm' end end,
    'customer', p.requester_id, p.organisation_id,
    case when p.status <> 'new' then 'agent-' || (1 + pg_temp.low(200)) end,
    md5('token' || p.id || random()), 'c0000000-0000-7000-8000-000000000002', 1, 'c0000000-0000-7000-8000-000000000001', 1,
    jsonb_build_object('statuses', jsonb_build_array(jsonb_build_object('at', to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'status', 'new'))
        || case when answered_at is null then '[]' else jsonb_build_array(jsonb_build_object('at', to_char(answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'status',
            case when p.status in ('resolved', 'closed') then 'open' else p.status end)) end
        || case when resolved_at is null then '[]' else jsonb_build_array(jsonb_build_object('at', to_char(greatest(resolved_at, answered_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'status', p.status)) end,
        'awaitsFirstResponse', answered_at is null, 'oldestUnanswered', case when answered_at is null then to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end,
        'lastAgentMessage', to_char(answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'reopenedAt', null),
    least(case first_state when 1 then first_at when 4 then first_anew end, case resolution_state when 1 then solved_at when 4 then solved_anew end),
    p.created_at, greatest(p.created_at, answered_at, resolved_at), greatest(resolved_at, answered_at),
    case when p.status = 'closed' then resolved_at + interval '14 days' end, case when p.status = 'resolved' then resolved_at + interval '14 days' end, first_state | resolution_state
from (select *, random() as u, random() as v, 1 + floor(random() * 4000)::integer as sentence from seed_promised offset 0) p
    join seed_sentences s on s.locale = p.locale and s.n = p.sentence, seed_queues q
order by p.id;
select setval('ticket_numbers', (select tickets from seed_start)) \g /dev/null
insert into ticket_marks select ticket_marks_of(tags, custom_fields), created_at, id from tickets where tags <> '{}' or custom_fields <> '{}';

\echo 'Messages …'
insert into messages (id, ticket_id, author, author_id, visibility, automated, body, created_at)
select pg_temp.id_at(at), id, author, case author when 'agent' then 'agent-1' end, case number when 3 then 'internal' else 'public' end, false,
    concat_ws(' ', a.sentence, b.sentence, case when id % 2 = 0 then c.sentence end, w.word, case author when 'customer' then 'R-' || id end), at
from (
    select p.id, p.locale, m.*, 1 + floor(random() * 4000)::integer as a, 1 + floor(random() * 4000)::integer as b, 1 + floor(random() * 4000)::integer as c, 1 + floor(random() * 20000)::integer as w
    from seed_plan p, lateral (
        select 1 as number, 'customer' as author, created_at as at
        union all select 2, 'agent', answered_at where answered_at is not null
        union all select 3, 'agent', answered_at + interval '10 minutes' where answered_at is not null and p.id % 5 = 0
        union all select 4, 'customer', answered_at + interval '1 hour' where answered_at is not null and p.id % 3 = 0) m
    offset 0) p
    join seed_sentences a on a.locale = p.locale and a.n = p.a join seed_sentences b on b.locale = p.locale and b.n = p.b
    join seed_sentences c on c.locale = p.locale and c.n = p.c join seed_words w on w.locale = p.locale and w.n = p.w
order by at;

\echo 'Commitments and promises …'
create temp table seed_commitments as
select pg_temp.id_at(created_at) as id, p.id as ticket_id, kind, state, created_at, now, locale, due, anew, ended_at, target
from seed_promised p, lateral (values
    ('first_response', first_state, first_at, first_anew, answered_at, 14400000000),
    ('resolution', resolution_state, solved_at, solved_anew, case when resolution_state = 32 then answered_at else resolved_at end, 432000000000)) as k (kind, state, due, anew, ended_at, target)
order by p.id;
insert into commitments (id, ticket_id, kind, cycle, state, policy_id, policy_version, calendar_id, calendar_version, term, reopening, started_at, due_at, promised_at, told_at, follow_up_at, wake_at, lapsed_at,
    fulfilled_at, ended_at, used, renewals, renewals_since_human, pauses, promise_remainder)
select id, ticket_id, kind, 1, case state when 2 then 'paused' when 8 then 'kept' when 16 then 'broken' when 32 then 'cancelled' else 'running' end,
    'c0000000-0000-7000-8000-000000000002', 1, 'c0000000-0000-7000-8000-000000000001', 1,
    jsonb_build_object('lead', null, 'hours', 'around_the_clock', 'ladder', '[]'::jsonb, 'target', target, 'cushion', 0, 'renewBy', null, 'pausesIn',
        case kind when 'resolution' then '["waiting_on_customer", "on_hold"]'::jsonb else '[]' end, 'maxRenewals', 2),
    false, created_at, case when state <> 2 then due end, case when state = 4 then anew when state <> 2 then due end, case when state = 4 then anew else due end,
    case state when 1 then due - interval '1 hour' when 4 then anew - interval '1 hour' end, case state when 1 then greatest(due - interval '1 hour', now + interval '1 minute') when 4 then anew end,
    case when state = 4 or state = 16 then due end, case when state in (8, 16) then ended_at end, case when state in (8, 16, 32) then ended_at end,
    case when state in (8, 16, 32) then greatest((extract(epoch from ended_at - created_at) * 1000000)::bigint, 0) end, 0, 0,
    case when state = 2 then jsonb_build_array(jsonb_build_object('to', null, 'from', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))) else '[]' end,
    case when state = 2 then target end
from seed_commitments;
insert into promises (id, commitment_id, ticket_id, number, promised_at, made_at, made_by, words, told_via, outcome, ended_at, follow_up_at, followed_up_at)
select pg_temp.id_at(at), c.id, ticket_id, number, promised_at, at, case number when 1 then 'policy' else 'recovery' end,
    case locale when 'tr' then 'Size en geç şu tarihte yanıt vereceğiz: ' when 'fi' then 'Vastaamme sinulle viimeistään ' else 'We will answer you by ' end || to_char(promised_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' (UTC).',
    'email', outcome, over, promised_at - interval '1 hour', case when state in (4, 16) and number = 1 then promised_at - interval '1 hour' end
from seed_commitments c, lateral (
    select 1 as number, due as promised_at, created_at as at, case state when 1 then 'open' when 8 then 'kept' when 4 then 'broken' when 16 then 'broken' else 'withdrawn' end as outcome,
        case state when 1 then null when 4 then due when 16 then due when 2 then created_at else ended_at end as over
    union all select 2, anew, due, 'open', null where state = 4) p;

\echo 'Events …'
insert into events (at, type, ticket_id, commitment_id, promise_id, actor, request_id, data)
select at, type, ticket_id, commitment_id, promise_id, 'admin', null, data
from (
    select created_at as at, 'ticket.created' as type, id as ticket_id, null::uuid as commitment_id, null::uuid as promise_id,
        jsonb_build_object('queue', queue, 'status', 'new', 'channel', channel, 'subject', subject, 'assignee', null, 'priority', priority, 'createdBy', 'customer', 'continuesId', null, 'requesterId', requester_id) as data, 1 as number from tickets
    union all select created_at, 'message.created', ticket_id, null, null, jsonb_build_object('author', author, 'authorId', author_id, 'automated', false, 'messageId', id, 'visibility', visibility), 2 from messages
    union all select started_at, 'commitment.started', ticket_id, id, null, jsonb_build_object('kind', kind, 'used', 'PT0S', 'cycle', 1, 'dueAt', null, 'hours', 'around_the_clock', 'before', null, 'madeBy', null,
        'reason', null, 'target', case kind when 'resolution' then 'PT120H' else 'PT4H' end, 'promise', null, 'promisedAt', null), 3 from commitments
    union all select made_at, 'promise.made', ticket_id, commitment_id, id, jsonb_build_object('kind', 'resolution', 'used', null, 'cycle', 1, 'dueAt', null, 'hours', null, 'before', null, 'madeBy', made_by,
        'reason', null, 'target', null, 'promise', number, 'promisedAt', to_char(promised_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), 4 from promises) e
order by at, number;

\echo 'Indexes and references …'
alter table tickets enable trigger user;
alter table messages enable trigger user;
set local max_parallel_maintenance_workers = 2;
do $$
declare each record;
begin
    for each in select statement from seed_rebuild order by position loop execute each.statement; end loop;
end $$;
insert into search_languages (language) values ('english'), ('turkish'), ('finnish') on conflict do nothing;
commit;
vacuum (analyze);
