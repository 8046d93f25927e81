-- Files of tickets to be imported, while they are: any server can go on where another was.

create table import_uploads (
    id uuid primary key,
    -- Machine time: an upload that was broken off is forgotten after a while.
    begun_at timestamptz not null
);

create table import_chunks (
    upload_id uuid not null references import_uploads on delete cascade,
    -- From 0.
    number integer not null check (number >= 0),
    -- The number of its first line in the file, from 1. It has whole lines only.
    first_line bigint not null check (first_line > 0),
    lines integer not null check (lines > 0),
    -- The lines, compressed.
    bytes bytea not null,
    primary key (upload_id, number)
);
alter table import_chunks alter column bytes set storage external;

