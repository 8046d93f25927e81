-- The customer's page of a ticket: at its public token until it is given another address, and nowhere once it was revoked.
-- Mail threads go on under the public token.

alter table tickets
    add column page_token text,
    add column page_revoked boolean not null default false;
create unique index tickets_page_token on tickets (page_token) where page_token is not null;
