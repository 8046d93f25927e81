-- The rows that one POST /v1/tickets writes, of the same size, in one statement: the most that this PostgreSQL can do. A desk can read them: each \x3a is a colon, which pgbench
-- would take for the beginning of a variable.
\set n random(1, 1000)
with t as (
  insert into tickets (id, row_version, subject, status, priority, channel, queue, tags, custom_fields, created_by, requester_id, public_token, policy_id,
    policy_version, calendar_id, calendar_version, clock, next_promised_at, created_at, updated_at, states)
  select nextval('ticket_numbers'), 1, 'Invoice 512 is wrong', 'new', 'normal', 'web', 'billing', '{}', '{}', 'customer', c.id,
    substr(md5(random()::text) || md5(random()::text), 1, 24), p.id, 1, v.calendar_id, 1,
    E'{"statuses": [{"at": "2026-03-02T08\x3a00\x3a00Z","status": "new"}],"awaitsFirstResponse": true,"oldestUnanswered": "2026-03-02T08\x3a00\x3a00Z","lastAgentMessage": null,"reopenedAt": null}',
    now() + interval '2 hours', now(), now(), 1
  from policies p join policy_versions v on v.policy_id = p.id and v.version = 1, customers c
  where c.email = 'customer' || :n || '@example.org' limit 1 for key share of c
  returning id, policy_id, calendar_id
), m as (
  insert into messages (id, ticket_id, author, visibility, automated, body, created_at)
  select gen_random_uuid(), id, 'customer', 'public', false,
    'The amount on the invoice does not match what we agreed on in March. Please look into it.', now() from t
), l as (
  insert into search_languages (language) values ('english') on conflict do nothing
), x as (
  insert into ticket_texts (ticket_id, language, document)
  select id, l.language, search_document(id, l.language, 'Invoice 512 is wrong', array['The amount on the invoice does not match what we agreed on in March. Please look into it.'])
  from t, (select (array['english', 'turkish', 'finnish'])[1 + :n % 3] as language) l
), c as (
  insert into commitments (id, ticket_id, kind, cycle, state, policy_id, policy_version, calendar_id, calendar_version, term, reopening, started_at, due_at,
    promised_at, told_at, follow_up_at, wake_at, renewals, renewals_since_human, pauses)
  select gen_random_uuid(), t.id, k.kind, 1, 'running', t.policy_id, 1, t.calendar_id, 1,
    '{"target": 7200000000,"hours": "working","cushion": 0,"lead": null,"renewBy": null,"maxRenewals": 2,"pausesIn": [],"ladder": []}', false, now(),
    now() + interval '2 hours', now() + interval '2 hours', now() + interval '2 hours', now() + interval '90 minutes', now() + interval '90 minutes', 0, 0, '[]'
  from t, (values ('first_response'), ('resolution')) as k (kind)
  returning id, ticket_id, kind
), p as (
  insert into promises (id, commitment_id, ticket_id, number, promised_at, made_at, made_by, words, told_via, outcome, follow_up_at)
  select gen_random_uuid(), c.id, c.ticket_id, 1, now() + interval '2 hours', now(), 'policy',
    'Vastaamme sinulle viimeistään maanantaina 2. maaliskuuta 2026 klo 12.00 (Europe/Helsinki).', 'email', 'open', now() + interval '90 minutes' from c
), e as (
  insert into events (at, type, ticket_id, commitment_id, actor, request_id, data)
  select now(), k.type, t.id, k.commitment_id, 'admin', '0HNQ88SI0E13H.00000001',
    E'{"kind": "first_response","cycle": 1,"promise": null,"dueAt": "2026-03-02T10\x3a00\x3a00Z","promisedAt": "2026-03-02T10\x3a00\x3a00Z","before": null,"used": 0,"target": 7200000000,"hours": "working","madeBy": null,"reason": null}'
  from t, lateral (
    select 'ticket.created' as type, null::uuid as commitment_id union all select 'message.created', null
    union all select 'commitment.started', c.id from c union all select 'promise.made', c.id from c) as k
)
insert into deliveries (id, effect, ticket_id, customer_id, kind, channel, recipient, recipient_name, locale, subject, text_body, html_body, message_id,
  in_reply_to, mail_references, next_attempt_at, state, attempts, created_at)
select gen_random_uuid(), 'acknowledgement#' || t.id, t.id, null, 'acknowledgement', 'email', 'customer512@example.org', 'Customer 512', 'fi',
  'Viestisi on perillä: Invoice 512 is wrong [#512]', repeat('Vastaamme sinulle viimeistään maanantaina. ', 10), repeat('<p style="margin: 0 0 16px">Vastaamme sinulle.</p>', 24),
  '<' || gen_random_uuid() || '@localhost>', '<ticket-512@localhost>', '<ticket-512@localhost>', now(), 'queued', 0, now()
from t;
