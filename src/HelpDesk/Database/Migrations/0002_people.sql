-- People: queues, agents, organisations; customers with several addresses, in an organisation, merged, erased.

create table queues (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    -- The word that tickets, agents and policies use.
    name text not null check (length(name) between 1 and 200),
    description text,
    lead_ids uuid[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index queues_name on queues (lower(name));

create table agents (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    name text not null check (length(name) between 1 and 200),
    email text not null check (email = lower(email collate "C")),
    role text not null check (role in ('agent', 'lead', 'admin')),
    queues text[] not null,
    restricted_to_queues boolean not null,
    active boolean not null,
    locale text,
    time_zone text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index agents_email on agents (email);
create index agents_queues on agents using gin (queues);

create table organisations (
    id uuid primary key,
    row_version bigint not null check (row_version > 0),
    name text not null check (length(name) between 1 and 200),
    tier text,
    external_ref text,
    note text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index organisations_external_ref on organisations (external_ref, id) where external_ref is not null;
create index organisations_tier on organisations (tier, id) where tier is not null;

create table organisation_domains (
    domain text primary key check (domain = lower(domain collate "C")),
    organisation_id uuid not null references organisations on delete cascade,
    position integer not null check (position >= 0)
);
create index organisation_domains_of_organisation on organisation_domains (organisation_id);

alter table customers
    add column organisation_id uuid references organisations,
    -- Personal data is gone; the row stays for the tickets that refer to it.
    add column erased_at timestamptz,
    add check (erased_at is null or (email is null and name is null and locale is null and time_zone is null and tier is null
        and organisation_id is null and quiet_from is null));
create index customers_by_organisation on customers (organisation_id, id) where organisation_id is not null;
create index customers_by_name on customers (lower(name) text_pattern_ops) where name is not null;

-- Every address of every customer, the primary one (customers.email) at position 0: no two customers share one.
create table customer_addresses (
    email text primary key check (email = lower(email collate "C")),
    customer_id uuid not null references customers on delete cascade,
    position integer not null check (position >= 0)
);
create index customer_addresses_of_customer on customer_addresses (customer_id);
insert into customer_addresses (email, customer_id, position) select email, id, 0 from customers where email is not null;
drop index customers_email;

-- A customer that was merged into another is gone; her id still leads to whom she was merged into, directly, however many merges came after.
create table customer_merges (
    id uuid primary key,
    into_id uuid not null references customers on delete cascade,
    merged_at timestamptz not null
);
create index customer_merges_into on customer_merges (into_id);

-- As opened; moved by a merge of customers.
alter table tickets add column organisation_id uuid references organisations;
create index tickets_by_organisation on tickets (organisation_id, created_at desc, id desc) where organisation_id is not null;

create index deliveries_of_customer on deliveries (customer_id, sequence) where customer_id is not null;
-- For the erasure of what was written down of a customer.
create index events_of_customer on events ((data ->> 'customerId')) where data ? 'customerId';
