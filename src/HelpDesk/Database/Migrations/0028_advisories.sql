-- What an operator tells customers about something that affects many of them.

create table advisories (
    id uuid primary key,
    -- Of two that begin at one instant the later made is the newer.
    sequence bigint not null generated always as identity,
    row_version bigint not null,
    -- By locale: a title and a body.
    texts jsonb not null check (jsonb_typeof(texts) = 'object' and texts <> '{}'),
    "from" timestamptz not null,
    -- Null: until somebody ends it.
    until timestamptz,
    published boolean not null,
    -- Which tickets it covers, as of a policy; an empty object covers all.
    "when" jsonb not null check (jsonb_typeof("when") = 'object'),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint advisories_end_after_they_begin check (until > "from")
);
-- Those that are over are kept, and looked at by lists alone.
create index advisories_without_end on advisories (id) where until is null;
create index advisories_until on advisories (until);

-- Why a follow-up's or a recovery's promise was made, in the words that the customer was told.
alter table promises add column why text;
