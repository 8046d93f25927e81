-- Mail that came in: that each is filed once, which message it became, and what it quoted of the mail before it.

create table inbound_mails (
    id uuid primary key,
    -- SHA-256 of its Message-ID and its sender; of the whole mail where it has no Message-ID.
    fingerprint bytea not null unique check (length(fingerprint) = 32),
    -- SHA-256 of its Message-ID alone, which mail that answers it names.
    named bytea not null check (length(named) = 32),
    outcome text not null check (outcome in ('ticket', 'message', 'note', 'returned')),
    -- The message that it became; mail that came back became none.
    message_id uuid references messages on delete cascade,
    automated boolean not null,
    quoted text,
    received_at timestamptz not null,
    check (outcome <> 'returned' or message_id is null)
);
create index inbound_mails_named on inbound_mails (named);
create index inbound_mails_of_message on inbound_mails (message_id) where message_id is not null;
