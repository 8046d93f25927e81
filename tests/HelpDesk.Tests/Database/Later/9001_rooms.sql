-- What a later version may bring while this one serves: columns with defaults and without, a table, a constraint that old servers cannot break.

create table rooms (
    id bigint primary key,
    name text not null check (name <> ''),
    -- Old servers delete tickets.
    last_ticket_id bigint references tickets on delete set null
);
create index rooms_by_name on rooms (name);

alter table tickets add room_id bigint, add room_name text not null default '', add beds integer not null default 0;
alter table messages add said_in text;
alter table deliveries add posted_from text not null default 'here';
alter table commitments add rooms jsonb not null default '{}';

-- Safe: old servers write no beds.
alter table tickets add constraint tickets_beds check (beds >= 0) not valid;
