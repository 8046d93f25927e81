-- What dry runs of imports would have brought so far: later chunks must know of it, and it is written nowhere else.

create table import_seen (
    upload_id uuid not null references import_uploads on delete cascade,
    -- The beginning of a hash of a ticket's name or a customer's address.
    name uuid not null,
    primary key (upload_id, name)
);
