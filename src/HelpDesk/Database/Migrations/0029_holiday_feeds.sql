-- Holidays that are read from an address again and again, and where each of a calendar's holidays comes from. See Calendars/Feeds.

-- What a calendar's version has and neither an upload nor a feed accounts for is its own, whether it stands here or not.
alter table calendars add own_holidays text[] not null default '{}', add imported_holidays text[] not null default '{}';

create table holiday_feeds (
    id uuid primary key,
    calendar_id uuid not null references calendars on delete cascade,
    row_version bigint not null,
    url text not null check (length(url) between 1 and 2000),
    name text check (length(name) between 1 and 200),
    paused boolean not null,
    -- As they were when it was last read: yyyy-MM-dd, or MM-dd for every year.
    holidays text[] not null,
    -- Events of it that are no holidays, with the reasons.
    skipped text[] not null,
    -- What the feed is asked by whether it has changed.
    entity_tag text,
    last_modified text,
    -- The year that it was counted out for; null where it is to be read whatever it says.
    counted_for integer,
    -- Machine time, as all that follows but the last two.
    last_read_at timestamptz,
    last_changed_at timestamptz,
    last_problem text,
    failing_since timestamptz,
    failures integer not null,
    next_read_at timestamptz not null,
    lease_id uuid,
    leased_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint holiday_feeds_failing check ((last_problem is null) = (failing_since is null) and (failures > 0) = (failing_since is not null)),
    constraint holiday_feeds_leased check ((lease_id is null) = (leased_until is null))
);
create index holiday_feeds_of_calendar on holiday_feeds (calendar_id, id);
create index holiday_feeds_due on holiday_feeds (next_read_at) where not paused;
create index holiday_feeds_failing_since on holiday_feeds (failing_since) where failing_since is not null;
