-- Outgoing webhooks: who is told of which events, what has been told, and what is still to be. See Webhooks.

create table webhooks (
    id uuid primary key,
    row_version bigint not null,
    url text not null check (length(url) between 1 and 2000),
    description text check (length(description) between 1 and 2000),
    -- As they were given: names of types, and groups. None: all.
    types text[] not null,
    -- None: all.
    queues text[] not null,
    paused_at timestamptz,
    paused_why text check (paused_why in ('asked', 'gone', 'failing')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint webhooks_paused check ((paused_at is null) = (paused_why is null))
);

-- What moves all the time. The row is held by whoever reads the feed on for its webhook.
create table webhook_progress (
    webhook_id uuid primary key references webhooks on delete cascade,
    -- In the feed of events.
    cursor text not null,
    -- Machine time: since when every attempt has failed; null where the last one was taken, or there was none.
    failing_since timestamptz,
    -- Machine time.
    last_delivered_at timestamptz
);

create table webhook_deliveries (
    webhook_id uuid not null references webhooks on delete cascade,
    event_sequence bigint not null,
    id uuid not null,
    event_type text not null,
    ticket_id bigint,
    -- What is told in order: a ticket, or an event that concerns none by itself.
    lane bigint not null generated always as (coalesce(ticket_id, -event_sequence)) stored,
    state text not null check (state in ('pending', 'delivered', 'failed')),
    -- Made since it was last put back; what became of all of them stands in webhook_attempts.
    attempts integer not null,
    tries integer not null,
    -- Machine time, as all that follows.
    created_at timestamptz not null,
    next_attempt_at timestamptz not null,
    first_failed_at timestamptz,
    ended_at timestamptz,
    lease_id uuid,
    leased_until timestamptz,
    primary key (webhook_id, event_sequence),
    constraint webhook_deliveries_ended check ((state = 'pending') = (ended_at is null))
);
create unique index webhook_deliveries_id on webhook_deliveries (id);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at, event_sequence) where state = 'pending';
create index webhook_deliveries_lane on webhook_deliveries (webhook_id, lane, event_sequence) where state = 'pending';
create index webhook_deliveries_failed on webhook_deliveries (webhook_id, event_sequence) where state = 'failed';
create index webhook_deliveries_ended_at on webhook_deliveries (ended_at) where state <> 'pending';
alter table webhook_deliveries set (autovacuum_vacuum_scale_factor = 0.05);

create table webhook_attempts (
    webhook_id uuid not null,
    event_sequence bigint not null,
    number integer not null,
    at timestamptz not null,
    -- Microseconds.
    took bigint not null,
    url text not null,
    -- Null where there was no answer.
    status integer,
    -- The beginning of what was answered.
    answer text,
    -- Why there was no answer, or why it does not count.
    error text,
    primary key (webhook_id, event_sequence, number),
    foreign key (webhook_id, event_sequence) references webhook_deliveries on delete cascade
);
