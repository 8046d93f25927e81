-- The rows that one GET /v1/tickets?queue= reads, in two round trips, as the desk does: the most that this PostgreSQL can do.
\set queue random(1, 4)
select array_agg(id) as ids from (
  select id from tickets where queue = (array['billing', 'support', 'sales', 'returns'])[:queue] order by created_at desc, id desc limit 51) as page \gset
\startpipeline
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
