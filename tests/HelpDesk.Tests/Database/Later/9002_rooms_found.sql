-- Outside a transaction.
drop index concurrently if exists tickets_by_room;
create index concurrently tickets_by_room on tickets (room_id, created_at, id) where room_id is not null;
drop index concurrently if exists messages_by_room;
create index concurrently messages_by_room on messages (said_in) where said_in is not null;
