-- Messages of tickets that are written at once with all their words: their documents follow in the same transaction, so none is looked for with each message.
-- Whoever does not say so has the trigger, as before.
drop trigger messages_are_found on messages;
create trigger messages_are_found after insert on messages for each row
    when (current_setting('helpdesk.texts_follow', true) is distinct from 'on') execute function search_add_message();
