-- What a person wrote stays hers to have and to have erased, whichever ticket it was moved to.

-- The ticket that a message was written on, where it has moved since: a merge or a split took it along, or that ticket had been merged already.
alter table messages add column written_on bigint references tickets;
create index messages_written_on on messages (written_on, sequence) where written_on is not null;

-- Whose address is to be found among those who watch, and who watched once and do no longer.
create index tickets_by_watcher on tickets using gin (watchers) where watchers <> '{}';
create index events_of_watchers on events (sequence) where data -> 'changes' ? 'watchers';
