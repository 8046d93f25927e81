-- What follows a lapse: the recovery of each broken promise, and the remedies that agents offered.

-- Exactly one recovery per broken promise, however many servers run.
create table recoveries (
    promise_id uuid primary key references promises,
    commitment_id uuid not null,
    ticket_id bigint not null,
    at timestamptz not null,
    -- The ticket's reason and the policy's remedy as they were told.
    reason text,
    remedy text,
    -- The apology that speaks of it; null when there was nobody to reach. Another takes the place of one that was late.
    delivery_id uuid,
    -- Null when nothing new was promised: the cap on renewals was reached, or there was nobody to reach.
    new_promise_id uuid,
    without_promise text check (without_promise in ('cap', 'unreachable')),
    check ((new_promise_id is null) = (without_promise is not null))
);
create index recoveries_of_ticket on recoveries (ticket_id, promise_id);
create index recoveries_by_delivery on recoveries (delivery_id) where delivery_id is not null;
create index recoveries_of_commitment on recoveries (commitment_id);

insert into recoveries (promise_id, commitment_id, ticket_id, at, delivery_id, new_promise_id, without_promise)
select e.promise_id, e.commitment_id, p.ticket_id, e.at, d.id, n.id, case when n.id is null then coalesce(e.data ->> 'reason', 'cap') end
from events e join promises p on p.id = e.promise_id
    left join deliveries d on d.effect = 'recovery:' || e.promise_id
    left join promises n on n.commitment_id = p.commitment_id and n.made_by = 'recovery' and n.made_at = e.at and e.data ->> 'before' is not null
where e.type = 'recovery.started';

create table remedies (
    id uuid primary key,
    ticket_id bigint not null references tickets,
    text text not null check (length(text) between 1 and 10000),
    actor text not null,
    made_at timestamptz not null,
    -- Queued in the same transaction, after this.
    delivery_id uuid references deliveries deferrable initially deferred
);
create index remedies_of_ticket on remedies (ticket_id, id);

-- One more bit: 64, a promise was broken, and what it promised is still owed.
alter table tickets drop constraint tickets_states_check, add constraint tickets_states_check check (states between 0 and 127);
update tickets set states = states | 64 where id in (select ticket_id from commitments where ended_at is null and lapsed_at is not null);
create index tickets_in_recovery on tickets (created_at, id) where states >= 64;

-- Written in the transaction of its delivery, and neither is ever removed: ten thousand at once need not look each other up.
alter table follow_ups drop constraint follow_ups_delivery_id_fkey;
