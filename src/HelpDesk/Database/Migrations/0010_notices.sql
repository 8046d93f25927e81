-- The ladder: which steps were taken, and whom of the desk's people that calls.

-- A bit for each step taken under the promise, the lowest for step 1.
alter table promises add column climbed bigint not null default 0;

-- One person is to be told of one promise, for one cause: in the transaction of the cause. A mail or a call gathers what is due for a person.
create table notices (
    id uuid primary key,
    -- An agent's id, an e-mail address in lower case, or the address of a webhook.
    person text not null check (length(person) between 1 and 500),
    agent_id uuid,
    ticket_id bigint not null references tickets on delete cascade,
    commitment_id uuid not null,
    promise_id uuid not null,
    why text not null check (why in ('coming_up', 'lapsed', 'put_off', 'given_up', 'unreachable', 'not_told', 'callback', 'assigned')),
    -- The step of the ladder, as a policy writes it; empty where no step calls.
    step text not null,
    created_at timestamptz not null,
    -- Business time: not before, and when what has gathered for the person by then leaves.
    due_at timestamptz not null,
    send_at timestamptz not null check (send_at >= due_at),
    delivery_id uuid references deliveries on delete cascade,
    -- Its matter had ended, or its person left, before it was sent.
    dropped_at timestamptz,
    constraint notices_once unique (promise_id, why, step, person),
    check (delivery_id is null or dropped_at is null)
);
create index notices_waiting on notices (send_at) where delivery_id is null and dropped_at is null;
create index notices_of_person on notices (person, due_at) where delivery_id is null and dropped_at is null;
create index notices_of_ticket on notices (ticket_id);
create index notices_of_delivery on notices (delivery_id) where delivery_id is not null;
