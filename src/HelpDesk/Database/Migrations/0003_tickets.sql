-- Tickets, the rest: fields of the desk's own, an external name that is unique per source, watchers, links, merging, closing after a time.

create table custom_fields (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    key text not null constraint custom_fields_key unique check (key ~ '^[A-Za-z][A-Za-z0-9_-]{0,49}$'),
    label text not null check (length(label) between 1 and 200),
    type text not null check (type in ('text', 'number', 'boolean', 'date', 'choice', 'choices')),
    choices text[] not null,
    required boolean not null,
    description text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((type in ('choice', 'choices')) = (cardinality(choices) > 0))
);

alter table tickets
    add external_source text,
    add watchers text[] not null default '{}',
    -- The ticket that goes on in place of this one. Always one that goes on itself: a merge of that one moves this reference too.
    add merged_into_id bigint references tickets check (merged_into_id <> id),
    -- When a resolved ticket is closed of itself.
    add close_at timestamptz,
    add constraint tickets_external_source_names_something check (external_source is null or external_ref is not null),
    add constraint tickets_merged_is_closed check (merged_into_id is null or status = 'closed'),
    add constraint tickets_closing_is_resolved check (close_at is null or status = 'resolved');
create unique index tickets_external_ref on tickets (coalesce(external_source, ''), external_ref) where external_ref is not null;
create index tickets_by_external_ref on tickets (external_ref) where external_ref is not null;
create index tickets_merged_into on tickets (merged_into_id) where merged_into_id is not null;
create index tickets_closing on tickets (close_at) where close_at is not null;
create index tickets_by_custom_field on tickets using gin (custom_fields jsonb_path_ops) where custom_fields <> '{}';

create table ticket_links (
    id uuid primary key,
    type text not null check (type in ('relates', 'blocks', 'duplicates')),
    from_id bigint not null references tickets,
    to_id bigint not null references tickets check (to_id <> from_id),
    created_at timestamptz not null
);
-- One link of a type between two tickets, whichever way it points.
create unique index ticket_links_once on ticket_links (type, least(from_id, to_id), greatest(from_id, to_id));
create index ticket_links_from on ticket_links (from_id, id);
create index ticket_links_to on ticket_links (to_id, id);

-- The same letter to somebody else who was promised the same: taken back with it.
alter table deliveries add copy_of uuid references deliveries;
create index deliveries_copies on deliveries (copy_of) where copy_of is not null;
