-- The desk: calendars, policies, customers, tickets, commitments, promises, follow-ups, deliveries, events, keys.
-- Instants are timestamptz, durations are bigint microseconds, enums are text held by CHECK.
-- Foreign keys stand where a row's owner is; a reference that the owner already implies (a promise's ticket) is not checked a second time per row.

create table calendars (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    version integer not null check (version > 0),
    row_version bigint not null check (row_version > 0),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index calendars_page on calendars (id) where deleted_at is null;

-- A version never changes.
create table calendar_versions (
    calendar_id uuid not null references calendars,
    version integer not null check (version > 0),
    definition jsonb not null,
    created_at timestamptz not null,
    primary key (calendar_id, version)
);

create table policies (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    version integer not null check (version > 0),
    row_version bigint not null check (row_version > 0),
    position integer,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    check ((position is null) = (deleted_at is not null)),
    constraint policies_position unique (position) deferrable initially deferred
);

create table policy_versions (
    policy_id uuid not null references policies,
    version integer not null check (version > 0),
    calendar_id uuid not null references calendars,
    definition jsonb not null,
    created_at timestamptz not null,
    primary key (policy_id, version)
);
create index policy_versions_calendar on policy_versions (calendar_id);

create table customers (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    email text check (email = lower(email collate "C")),
    name text,
    locale text,
    time_zone text,
    tier text,
    preferred_channel text not null check (preferred_channel in ('email', 'inbox', 'webhook')),
    quiet_from time,
    quiet_to time,
    opt_out boolean not null,
    unreachable_since timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((quiet_from is null) = (quiet_to is null))
);
create unique index customers_email on customers (email) where email is not null;
create index customers_by_tier on customers (tier, id) where tier is not null;

create sequence ticket_numbers as bigint;

create table tickets (
    id bigint primary key,
    row_version bigint not null check (row_version > 0),
    subject text not null check (length(subject) between 1 and 500),
    status text not null check (status in ('new', 'open', 'waiting_on_customer', 'on_hold', 'resolved', 'closed')),
    priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
    channel text not null,
    queue text,
    category text,
    tags text[] not null,
    custom_fields jsonb not null,
    external_ref text,
    created_by text not null check (created_by in ('customer', 'agent', 'system')),
    requester_id uuid not null references customers,
    assignee text,
    reason text,
    public_token text not null,
    -- The ticket that this one continues: a customer's message on it came after its reopening window.
    continues_id bigint references tickets,
    policy_id uuid,
    policy_version integer,
    calendar_id uuid,
    calendar_version integer,
    -- What the clock must remember of the ticket besides its commitments; see TicketClock.
    clock jsonb not null,
    -- The earliest open promise, and its kind, for lists and for nextPromise.
    next_promised_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    resolved_at timestamptz,
    closed_at timestamptz,
    foreign key (policy_id, policy_version) references policy_versions,
    foreign key (calendar_id, calendar_version) references calendar_versions,
    check ((policy_id is null) = (policy_version is null)),
    check ((policy_id is null) = (calendar_id is null)),
    check (status <> 'closed' or closed_at is not null)
);
create index tickets_by_creation on tickets (created_at desc, id desc);
create index tickets_by_update on tickets (updated_at desc, id desc);
create index tickets_by_promise on tickets (next_promised_at, id) where next_promised_at is not null;
create index tickets_by_requester on tickets (requester_id, created_at desc, id desc);
create index tickets_by_status on tickets (status, created_at desc, id desc);
create index tickets_by_queue on tickets (queue, created_at desc, id desc) where queue is not null;
create index tickets_by_assignee on tickets (assignee, created_at desc, id desc) where assignee is not null;
create unique index tickets_public_token on tickets (public_token);

create table messages (
    id uuid primary key,
    -- What was written first is read first, even within one instant (a sandbox's time stands still).
    sequence bigint not null generated always as identity,
    ticket_id bigint not null references tickets,
    author text not null check (author in ('customer', 'agent', 'system')),
    author_id text,
    visibility text not null check (visibility in ('public', 'internal')),
    automated boolean not null,
    body text not null,
    created_at timestamptz not null
);
create index messages_of_ticket on messages (ticket_id, sequence);

create table commitments (
    id uuid primary key,
    ticket_id bigint not null references tickets,
    kind text not null check (kind in ('first_response', 'next_response', 'update', 'resolution', 'callback')),
    cycle integer not null check (cycle > 0),
    -- 'running' with lapsed_at set is what the API calls overdue.
    state text not null check (state in ('running', 'paused', 'kept', 'broken', 'cancelled')),
    policy_id uuid,
    policy_version integer,
    calendar_id uuid,
    calendar_version integer,
    -- The resolved term as it stood when the target was last set; see Term.
    term jsonb not null,
    -- A resolution that started at a reopening.
    reopening boolean not null,
    started_at timestamptz not null,
    due_at timestamptz,
    promised_at timestamptz,
    -- What the customer was told last; kept through a pause, when promised_at is null.
    told_at timestamptz,
    follow_up_at timestamptz,
    -- The earliest instant at which the sweep has something to do; null when there is nothing.
    wake_at timestamptz,
    lapsed_at timestamptz,
    -- A pause found a promise broken before a sweep did: the recovery is due when the clock goes on.
    owes_recovery boolean not null default false,
    fulfilled_at timestamptz,
    ended_at timestamptz,
    reopened_at timestamptz,
    used bigint check (used >= 0),
    renewals integer not null check (renewals >= 0),
    renewals_since_human integer not null check (renewals_since_human >= 0),
    reason text,
    -- The agent's own words, for a callback.
    words text,
    -- Pauses and, while paused, what remained of the promise; see Commitment.
    pauses jsonb not null,
    promise_remainder bigint,
    unique (ticket_id, kind, cycle),
    check ((state in ('kept', 'broken', 'cancelled')) = (ended_at is not null)),
    constraint commitments_finished_has_no_instant check (ended_at is null or (follow_up_at is null and wake_at is null)),
    constraint commitments_paused_has_no_instant check (state <> 'paused' or (due_at is null and promised_at is null and follow_up_at is null and wake_at is null)),
    check (state <> 'kept' or (fulfilled_at is not null and lapsed_at is null)),
    check ((used is not null) = (ended_at is not null))
);
-- The sweep's cost follows what is due, not what is open.
create index commitments_due on commitments (wake_at) where wake_at is not null;

-- The ledger. Rows are added and ended, never rewritten and never removed.
create table promises (
    id uuid primary key,
    commitment_id uuid not null references commitments,
    ticket_id bigint not null,
    number integer not null check (number > 0),
    promised_at timestamptz not null,
    made_at timestamptz not null,
    made_by text not null check (made_by in ('policy', 'agent', 'follow_up', 'recovery')),
    words text not null,
    told_via text,
    reason text,
    outcome text not null check (outcome in ('open', 'kept', 'renewed', 'broken', 'withdrawn')),
    ended_at timestamptz,
    follow_up_at timestamptz,
    followed_up_at timestamptz,
    unique (commitment_id, number),
    check ((outcome = 'open') = (ended_at is null))
);
create unique index promises_one_open on promises (commitment_id) where outcome = 'open';
create index promises_of_ticket on promises (ticket_id);

create table deliveries (
    id uuid primary key,
    -- What was queued first leaves first, even within one instant (a sandbox's time stands still).
    sequence bigint not null generated always as identity,
    -- One row per intended effect: 'follow_up:<promise>', 'recovery:<promise>', 'acknowledgement:<ticket>', …
    effect text not null unique,
    ticket_id bigint references tickets,
    customer_id uuid,
    kind text not null check (length(kind) between 1 and 40),
    channel text not null check (channel in ('email', 'inbox', 'webhook')),
    recipient text not null,
    recipient_name text,
    locale text not null,
    subject text not null,
    text_body text not null,
    html_body text not null,
    message_id text not null unique,
    in_reply_to text,
    mail_references text,
    state text not null check (state in ('queued', 'sent', 'failed', 'dead', 'withdrawn')),
    attempts integer not null check (attempts >= 0),
    -- Business time: not before, and (follow-ups) not after: a follow-up that would come after its promise is not sent.
    next_attempt_at timestamptz not null,
    expires_at timestamptz,
    -- Machine time: whoever holds the lease is sending.
    lease_id uuid,
    leased_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    ended_at timestamptz,
    check ((state = 'sent') = (sent_at is not null)),
    check ((lease_id is null) = (leased_until is null))
);
-- Bodies are read once and forgotten later: squeezing them costs more than the room they take.
alter table deliveries alter column html_body set storage external;
alter table deliveries alter column text_body set storage external;
create index deliveries_due on deliveries (next_attempt_at, sequence) where state in ('queued', 'failed');
create index deliveries_expiring on deliveries (expires_at) where state in ('queued', 'failed', 'dead') and expires_at is not null;
create index deliveries_of_ticket on deliveries (ticket_id, id);
create index deliveries_by_state on deliveries (state, id desc);

-- Exactly one follow-up per promise, however many servers run.
create table follow_ups (
    promise_id uuid primary key references promises,
    commitment_id uuid not null,
    ticket_id bigint not null,
    at timestamptz not null,
    -- Null when there was nobody to reach.
    delivery_id uuid references deliveries,
    -- Null when the cap on renewals was reached or there was nobody to reach.
    new_promise_id uuid,
    withdrawn_at timestamptz
);
create index follow_ups_by_delivery on follow_ups (delivery_id) where delivery_id is not null;

-- Ordered by (transaction, sequence) and shown only below the oldest transaction still running.
create table events (
    sequence bigint generated always as identity primary key,
    transaction xid8 not null default pg_current_xact_id(),
    at timestamptz not null,
    type text not null,
    ticket_id bigint,
    commitment_id uuid,
    promise_id uuid,
    actor text not null,
    request_id text,
    data jsonb not null
);
create index events_of_ticket on events (ticket_id, sequence) where ticket_id is not null;

create table api_keys (
    id text primary key,
    name text not null check (length(name) between 1 and 200),
    scopes text[] not null check (cardinality(scopes) > 0),
    secret_hash bytea not null check (length(secret_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

-- One row at most: the time of a sandbox. No row: machine time.
create table sandbox_clock (
    only_row boolean primary key default true check (only_row),
    now timestamptz not null
);
