-- Channels: messages posted to an address on the web, an inbox with read marks.

alter table customers
    add column webhook_url text check (length(webhook_url) between 1 and 2000),
    add check (erased_at is null or webhook_url is null);
alter table organisations add column webhook_url text check (length(webhook_url) between 1 and 2000);

-- The secrets that posts are signed with are derived from the desk's key, never stored. A row stands only where one was rotated; without one it is version 1.
create table webhook_secrets (
    -- Whose: 'customer:<id>', 'organisation:<id>'.
    holder text primary key,
    version integer not null check (version > 1),
    -- Machine time: until then, exclusive, the version before it signs too.
    previous_until timestamptz not null
);

alter table deliveries
    -- What programs read of a message: the promises it tells of. Null where people alone read it, so that mail does not pay for it.
    add column data jsonb,
    -- Whose secret signs it; see webhook_secrets.
    add column signed_as text,
    add column read_at timestamptz;
create index deliveries_in_inbox on deliveries (customer_id, id desc) where channel = 'inbox' and state = 'sent';
