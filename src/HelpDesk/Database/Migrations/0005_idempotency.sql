-- The answer to a POST that carried an Idempotency-Key, written in the transaction of its effect.
create table idempotency_keys (
    -- A hash of caller and key: the key itself opens the answer, and is kept nowhere.
    id bytea primary key check (length(id) = 32),
    -- Of the request's address and body: another request under the same key is a mistake.
    fingerprint bytea not null check (length(fingerprint) = 32),
    -- Status, headers and body, encrypted: an answer may hold what is shown only once.
    answer bytea not null,
    -- Machine time.
    expires_at timestamptz not null
);

create index idempotency_keys_expires_at on idempotency_keys (expires_at);
