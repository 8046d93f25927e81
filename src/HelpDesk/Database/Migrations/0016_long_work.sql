-- Work that takes longer than a request: asked for by one, and done by any server, step by step. Whoever does a step holds the row until it is committed.

create table long_work (
    id uuid primary key,
    kind text not null check (length(kind) between 1 and 40),
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    -- What was asked for, as its kind writes it.
    request jsonb not null,
    -- Null until the first step.
    total bigint check (total >= 0),
    done bigint not null check (done >= 0),
    -- How far it has come, as its kind counts; null until the first step.
    last_done bigint,
    counts jsonb not null,
    -- What there is to tell besides, as its kind writes it.
    result jsonb,
    error text,
    -- Steps that have failed since one was done.
    failures integer not null check (failures >= 0),
    actor text not null,
    request_id text,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    check ((state in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
    check ((state = 'failed') = (error is not null))
);
create index long_work_unfinished on long_work (id) where ended_at is null;

-- A policy's open tickets in the order of their numbers: a new version is applied to them.
create index tickets_open_by_policy on tickets (policy_id, id) where policy_id is not null and status in ('new', 'open', 'waiting_on_customer', 'on_hold');
