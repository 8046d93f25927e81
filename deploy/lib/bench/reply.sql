-- The rows that one agent's first public reply (POST /v1/tickets/{id}/messages) holds, reads and writes, of the same size, in one statement: the most that this
-- PostgreSQL can do. Each answers a ticket that nobody has answered. Each \x3a is a colon, which pgbench would take for the beginning of a variable.
with turn as (
  select nextval('turns') as place
), t as (
  select t.id, t.row_version, t.subject, t.channel, t.queue, t.category, t.tags, t.custom_fields::text, t.external_ref, t.created_by, t.assignee, t.reason, t.public_token, t.continues_id,
    t.policy_id, t.policy_version, t.calendar_id, t.calendar_version, t.clock::text, t.priority, t.created_at, t.updated_at, t.resolved_at, t.closed_at, c.id as customer_id, c.email, c.name, c.locale,
    c.time_zone, coalesce(c.tier, o.tier), c.preferred_channel, c.quiet_from, c.quiet_to, c.opt_out, c.unreachable_since, c.organisation_id, c.webhook_url, o.webhook_url, t.organisation_id,
    t.external_source, t.watchers, t.merged_into_id, case when not t.page_revoked then coalesce(t.page_token, t.public_token) end,
    array(select m.requester_id from tickets m where m.merged_into_id = t.id and m.requester_id <> t.requester_id)
  from turn join unanswered u on u.place = turn.place join tickets t on t.id = u.id join customers c on c.id = t.requester_id left join organisations o on o.id = c.organisation_id
  for no key update of t
), c as (
  select c.id, c.ticket_id, kind, cycle, state, c.policy_id, c.policy_version, c.calendar_id, c.calendar_version, term::text, reopening, started_at, due_at, promised_at, told_at, lapsed_at,
    fulfilled_at, ended_at, reopened_at, used, renewals, renewals_since_human, c.reason, words, pauses::text, promise_remainder, owes_recovery
  from t join commitments c on c.ticket_id = t.id
), p as (
  select p.id, commitment_id, number, promised_at, made_at, made_by, words, told_via, p.reason, outcome, ended_at, follow_up_at, followed_up_at, climbed, why
  from t join promises p on p.ticket_id = t.id
), changed_ticket as (
  update tickets set row_version = tickets.row_version + 1, status = 'open', states = 9, updated_at = now(),
    next_promised_at = (select promised_at from c where kind = 'resolution'),
    clock = E'{"statuses": [{"at": "2026-03-02T08\x3a00\x3a00Z", "status": "new"}, {"at": "2026-03-02T08\x3a01\x3a00Z", "status": "open"}], "reopenedAt": null, "lastAgentMessage": "2026-03-02T08\x3a01\x3a00Z", "oldestUnanswered": null, "awaitsFirstResponse": false}'
  from t where tickets.id = t.id
), message as (
  insert into messages (id, ticket_id, author, author_id, visibility, automated, body, created_at)
  select gen_random_uuid(), id, 'agent', 'anna', 'public', false,
    'You are right: the amount was wrong, and a corrected invoice is on its way to you. Please excuse the trouble.', now() from t
  returning id, ticket_id
), changed_commitment as (
  update commitments set state = 'kept', follow_up_at = null, wake_at = null, fulfilled_at = now(), ended_at = now(), used = 0
  from c where commitments.id = c.id and c.kind = 'first_response' and c.state = 'running'
), changed_promise as (
  update promises set outcome = 'kept', ended_at = now()
  from p join c on c.id = p.commitment_id where promises.id = p.id and p.outcome = 'open' and c.kind = 'first_response'
), event as (
  insert into events (at, type, ticket_id, commitment_id, promise_id, actor, request_id, data)
  select now(), new.type, new.ticket_id, new.commitment_id, new.promise_id, 'admin', E'0HNQ88SI0E13H\x3a00000001', new.data::jsonb
  from (
    select 'message.created' as type, ticket_id, null::uuid as commitment_id, null::uuid as promise_id,
      '{"author": "agent", "authorId": "anna", "automated": false, "messageId": "01a20691-af74-7b8a-be86-42c851f33a2f", "visibility": "public"}' as data from message
    union all select 'ticket.updated', id, null, null, '{"changes": {"status": {"to": "open", "from": "new"}}}' from t
    union all select 'promise.kept', c.ticket_id, c.id, p.id,
      E'{"kind": "first_response", "used": null, "cycle": 1, "dueAt": null, "hours": null, "before": null, "madeBy": "policy", "reason": null, "target": null, "promise": 1, "promisedAt": "2026-03-02T10\x3a00\x3a00Z"}'
      from c join p on p.commitment_id = c.id where c.kind = 'first_response'
    union all select 'commitment.kept', ticket_id, id, null,
      E'{"kind": "first_response", "used": "PT0S", "cycle": 1, "dueAt": "2026-03-02T10\x3a00\x3a00Z", "hours": "working", "before": null, "madeBy": null, "reason": null, "target": "PT2H", "promise": null, "promisedAt": "2026-03-02T10\x3a00\x3a00Z"}'
      from c where kind = 'first_response'
  ) as new
), delivery as (
  insert into deliveries (id, effect, ticket_id, customer_id, kind, channel, recipient, recipient_name, locale, subject, text_body, html_body, message_id,
    in_reply_to, mail_references, next_attempt_at, state, attempts, created_at)
  select gen_random_uuid(), 'message:' || message.id, t.id, t.customer_id, 'reply', 'email', t.email, t.name, t.locale, 'Vs: ' || t.subject || ' [#' || t.id || ']',
    'You are right: the amount was wrong, and a corrected invoice is on its way to you. Please excuse the trouble. HelpDesk',
    repeat('<p style="margin: 0 0 16px">You are right.</p>', 15), '<' || gen_random_uuid() || '@localhost>',
    '<ticket-512-ca34c650cbbdffcd2b24ae1cee1bec38@localhost>', '<ticket-512-ca34c650cbbdffcd2b24ae1cee1bec38@localhost>', now(), 'queued', 0, now()
  from t join message on message.ticket_id = t.id
)
select t.*, c.*, p.* from t, c join p on p.commitment_id = c.id;
