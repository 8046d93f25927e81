-- Delivery: what each attempt came to, and since when a message is late or refused.

-- All attempts since it was queued. Those that count towards giving up are in attempts: not where the server could not be reached.
alter table deliveries add tries integer not null default 0 check (tries >= 0);
update deliveries set tries = attempts where attempts > 0;
-- When it first became due, once an attempt has moved next_attempt_at on; business time.
alter table deliveries add due_at timestamptz;
-- When it was first refused for the time being, since it was queued or a person had it tried again; business time.
alter table deliveries add refused_since timestamptz;

-- Written with the outcome, in one statement. Goes with the delivery's words.
create table delivery_attempts (
    delivery_id uuid not null references deliveries on delete cascade,
    number integer not null check (number > 0),
    -- Business time at which it began, and what it took by the machine's clock, in microseconds.
    at timestamptz not null,
    took bigint not null check (took >= 0),
    server text not null,
    outcome text not null check (outcome in ('sent', 'late', 'failed', 'unreachable', 'dead')),
    words text check (length(words) <= 500),
    primary key (delivery_id, number)
);
