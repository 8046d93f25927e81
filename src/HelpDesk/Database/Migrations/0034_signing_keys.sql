-- With which signing keys the desk has been served: servers that share a database and not the key contradict each other in silence.

create table signing_keys (
    -- Derived from the key; it tells nothing of it.
    fingerprint text primary key check (fingerprint ~ '^[0-9a-f]{16}$'),
    -- Machine time of the last start with it.
    started_at timestamptz not null
);
