-- Files on tickets.

create table attachments (
    id uuid primary key,
    -- Those of one upload are made at one instant.
    sequence bigint not null generated always as identity,
    ticket_id bigint not null references tickets on delete cascade,
    -- The message that carries it; null until one does. The message is written after it, in the same transaction.
    message_id uuid references messages on delete cascade deferrable initially deferred,
    name text not null check (length(name) between 1 and 200),
    -- What its bytes are, and what its sender said they were.
    type text not null,
    declared_type text,
    size bigint not null check (size >= 0),
    sha256 bytea not null check (length(sha256) = 32),
    -- Where the bytes are: in attachment_chunks, or in the folder of the desk's configuration under the attachment's id.
    store text not null check (store in ('database', 'folder')),
    uploaded_by text not null,
    created_at timestamptz not null
);
create index attachments_of_ticket on attachments (ticket_id, sequence);
create index attachments_of_message on attachments (message_id, sequence) where message_id is not null;

create table attachment_chunks (
    attachment_id uuid not null references attachments on delete cascade,
    -- From 0. All but the last are of one size.
    number integer not null check (number >= 0),
    bytes bytea not null,
    primary key (attachment_id, number)
);
-- Files are mostly squeezed already, and a part of one must be found without reading the rest.
alter table attachment_chunks alter column bytes set storage external;

-- A message that moves to another ticket takes its files along.
create function attachments_follow_message() returns trigger language plpgsql as
$$
begin
    update attachments set ticket_id = new.ticket_id where message_id = new.id;
    return null;
end
$$;
create trigger moved_messages_take_attachments after update of ticket_id on messages for each row
    when (new.ticket_id is distinct from old.ticket_id) execute function attachments_follow_message();
