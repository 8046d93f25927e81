-- The operator's own templates. What one says is in its versions, which never change.

create table templates (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    version integer not null check (version > 0),
    kind text not null check (length(kind) between 1 and 40),
    -- As BCP 47 writes it: de-AT.
    locale text not null check (length(locale) between 2 and 35),
    -- Null: for every channel that has none of its own.
    channel text check (channel in ('email', 'inbox', 'webhook')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index templates_place on templates (kind, lower(locale), coalesce(channel, '')) where deleted_at is null;

create table template_versions (
    template_id uuid not null references templates,
    version integer not null check (version > 0),
    subject text not null,
    text text not null,
    -- Null: derived from the text.
    html text,
    created_at timestamptz not null,
    primary key (template_id, version)
);
