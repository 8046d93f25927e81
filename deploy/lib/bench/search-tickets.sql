-- The rows that one GET /v1/tickets?q=&sort=-createdAt finds, marks and reads, in two round trips: the most that this PostgreSQL can do.
\set word random(1, 2)
select array_agg(id) as ids from (
  select t.id from tickets t
  where exists (select from ticket_texts x where x.ticket_id = t.id and x.document @@ (array['invoic', 'password'])[:word]::tsquery)
  order by t.created_at desc, t.id desc limit 51) as page \gset
\startpipeline
with asked as (
  select ticket_id, language, (array['invoic', 'password'])[:word]::tsquery as question, document from ticket_texts where ticket_id = any (:ids::bigint[])
), texts as (
  select a.ticket_id, a.language, a.question, search_rank(a.document, a.question) as rank, null::uuid as message_id, -1::bigint as sequence, t.subject as words
  from asked a join tickets t on t.id = a.ticket_id
  union all
  select a.ticket_id, a.language, a.question, 0, m.id, m.sequence, left(m.body, 10000) from asked a join messages m on m.ticket_id = a.ticket_id
)
select ticket_id, rank, message_id, words, ts_headline(language::regconfig, search_lower(language, words), question, 'HighlightAll=true, StartSel=[, StopSel=]') as marked
from texts order by ticket_id, sequence;
select t.id, t.row_version, t.subject, t.channel, t.queue, t.category, t.tags, t.custom_fields::text, t.external_ref, t.created_by, t.assignee, t.reason, t.public_token, t.continues_id, t.policy_id,
  t.policy_version, t.calendar_id, t.calendar_version, t.clock::text, t.priority, t.created_at, t.updated_at, t.resolved_at, t.closed_at, c.id, c.email, c.name, c.locale, c.time_zone, coalesce(c.tier, o.tier),
  c.preferred_channel, c.quiet_from, c.quiet_to, c.opt_out, c.unreachable_since, c.organisation_id, t.organisation_id, t.external_source, t.watchers, t.merged_into_id
from tickets t join customers c on c.id = t.requester_id left join organisations o on o.id = c.organisation_id where t.id = any (:ids::bigint[]) order by t.id;
select id, ticket_id, kind, cycle, state, policy_id, policy_version, calendar_id, calendar_version, term::text, reopening, started_at, due_at, promised_at, told_at, lapsed_at, fulfilled_at, ended_at,
  reopened_at, used, renewals, renewals_since_human, reason, words, pauses::text, promise_remainder, owes_recovery
from commitments where ticket_id = any (:ids::bigint[]);
select id, commitment_id, number, promised_at, made_at, made_by, words, told_via, reason, outcome, ended_at, follow_up_at, followed_up_at
from promises where ticket_id = any (:ids::bigint[]) order by commitment_id, number;
\endpipeline
