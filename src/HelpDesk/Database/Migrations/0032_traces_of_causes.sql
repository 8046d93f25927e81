-- The trace of what caused a message or an event (W3C traceparent), where one was recorded: so that one trace leads from a request to what left because of it.
-- Nothing reads it but that; servers of the release before write none.
alter table deliveries add column traceparent text check (length(traceparent) <= 100);
alter table events add column traceparent text check (length(traceparent) <= 100);
