-- Sessions of the operators' pages that somebody signed out of. Sessions are signed and not stored; only those that must not be taken any more are known.

create table ended_sessions (
    -- SHA-256 of the session.
    hash bytea primary key check (length(hash) = 32),
    -- Machine time: when it would have ended of itself, and may be forgotten.
    ends_at timestamptz not null
);
create index ended_sessions_over on ended_sessions (ends_at);
