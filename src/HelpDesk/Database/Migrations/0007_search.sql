-- Full text over a ticket's subject and all its messages, in the ticket's own language.

-- The languages in use: a question is asked in each of them.
create table search_languages (
    -- A text search configuration of PostgreSQL.
    language text primary key
);

create table ticket_texts (
    ticket_id bigint primary key references tickets on delete cascade,
    language text not null,
    -- Words as their language stems them and, where letters carry marks, stemmed without the marks too. Besides, words with a space in them, which no text
    -- has, its shelves: 'shelf 0 12' (see search_shelves).
    document tsvector not null
) with (toast_tuple_target = 8160);
-- Ranking reads documents by the thousand: they lie in their row, as they are.
alter table ticket_texts alter column document set storage external;
-- What is new waits in a short list, which every search reads through: a word at a time would cost a post five times as much (2026-11-22).
create index ticket_texts_document on ticket_texts using gin (document) with (fastupdate = on, gin_pending_list_limit = 512);

-- Lower case, one letter for one. In Turkish and Azeri I is the great of ı, elsewhere of i; İ is the great of i everywhere.
create function search_lower(language text, words text) returns text language sql immutable parallel safe as
$$ select lower(translate(words, case when language = 'turkish' then 'Iİ' else 'İ' end, case when language = 'turkish' then 'ıi' else 'i' end)) $$;

-- Letters without their marks, one for one, of a text in lower case.
create function search_plain(words text) returns text language sql immutable parallel safe as
$$ select case when octet_length(words) = length(words) then words else translate(words,
    'àáâãäåāăąǎçćĉċčďđðèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőǒŕŗřśŝşšșţťŧțùúûüũūŭůűųǔŵýÿŷźżžάέήίόύώϊϋΐΰё',
    'aaaaaaaaaacccccdddeeeeeeeeegggghhiiiiiiiiijklllllnnnnoooooooooorrrsssssttttuuuuuuuuuuuwyyyzzzαεηιουωιυιυе') end $$;

-- A text's words with their places. What a tsvector cannot hold is left out: a message is never refused for its length.
create function search_words(language text, words text) returns tsvector language plpgsql immutable parallel safe as
$$
declare
    lower_words text := search_lower(language, left(words, 100000));
    plain_words text := search_plain(lower_words);
    found tsvector := to_tsvector(language::regconfig, lower_words);
begin
    if plain_words = lower_words then return found; end if;
    -- Through text, so that both forms of a word have one place.
    return (found::text || ' ' || to_tsvector(language::regconfig, plain_words)::text)::tsvector;
exception when program_limit_exceeded then
    return coalesce(found, '');
end
$$;

create function search_joined(document tsvector, added tsvector) returns tsvector language plpgsql immutable parallel safe as
$$
begin
    return document || added;
exception when program_limit_exceeded then
    return document;
end
$$;

-- Tickets lie on shelves by their number, of 2,048, 16,384, 131,072 and 1,048,576 tickets: a word that half of all tickets have is looked for on the newest shelf first.
create function search_shelves(ticket_id bigint) returns text[] language sql immutable parallel safe as
$$ select array['shelf 0 ' || (ticket_id >> 11), 'shelf 1 ' || (ticket_id >> 14), 'shelf 2 ' || (ticket_id >> 17), 'shelf 3 ' || (ticket_id >> 20)] $$;

-- The whole document of a ticket; the oldest messages come first, and are kept where not all can be.
create function search_document(ticket_id bigint, language text, subject text, bodies text[]) returns tsvector language plpgsql immutable parallel safe as
$$
declare
    document tsvector := array_to_tsvector(search_shelves(ticket_id)) || setweight(search_words(language, subject), 'A');
    body text;
begin
    foreach body in array coalesce(bodies, '{}') loop
        document := search_joined(document, search_words(language, body));
    end loop;
    return document;
end
$$;

-- A word as a tsquery writes it.
create function search_quoted(word text) returns text language sql immutable parallel safe as
$$ select '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''' $$;

-- The Turkish stemmer takes one suffix too many off some words, and so gives forms of one word two stems: faturalar has fatura, fatura has fatur. Asked is for the stem, for
-- the stem's own stem, and for the word as it stands, in the place of the stem alone: what is negated or stands in a phrase stays so.
create function search_with_kin(question tsquery, words text) returns tsquery language plpgsql immutable parallel safe as
$$
declare
    word text;
    stem text;
    kin text;
begin
    for word in select distinct token from ts_parse('default', words) where token ~ '\w' loop
        stem := (tsvector_to_array(to_tsvector('turkish', word)))[1];
        continue when stem is null;
        select string_agg(distinct search_quoted(form), '|') into kin from unnest(array[stem, coalesce((ts_lexize('turkish_stem', stem))[1], stem), word]) form;
        question := ts_rewrite(question, search_quoted(stem)::tsquery, kin::tsquery);
    end loop;
    return question;
end
$$;

-- What is asked, in one language: any of the two forms that search_words gives its words. Empty where the language has only stop words of it.
create function search_question(language text, words text) returns tsquery language plpgsql immutable parallel safe set client_min_messages = warning as
$$
declare
    lower_words text := search_lower(language, words);
    plain_words text := search_plain(lower_words);
    question tsquery := websearch_to_tsquery(language::regconfig, lower_words);
    plain_question tsquery := websearch_to_tsquery(language::regconfig, plain_words);
begin
    if language = 'turkish' then
        question := search_with_kin(question, lower_words);
        plain_question := search_with_kin(plain_question, plain_words);
    end if;
    return case when plain_words = lower_words then question else question || plain_question end;
end
$$;

-- How well a document answers: words near one another and in the subject count more, long documents less.
create function search_rank(document tsvector, question tsquery) returns real language sql immutable parallel safe as
$$ select ts_rank_cd(document, question, 1) $$;

-- Subject and messages change together with the document, whoever changes them. Only the opening of a ticket writes its document itself, after its first
-- message: it knows the language.
create function search_add_message() returns trigger language plpgsql as
$$
begin
    update ticket_texts set document = search_joined(document, search_words(language, new.body)) where ticket_id = new.ticket_id;
    return null;
end
$$;
create trigger messages_are_found after insert on messages for each row execute function search_add_message();

create function search_write_again(ticket_ids bigint[]) returns void language sql as
$$
    update ticket_texts x
    set document = search_document(t.id, x.language, t.subject, array(select m.body from messages m where m.ticket_id = t.id order by m.sequence))
    from tickets t where t.id = x.ticket_id and t.id = any (ticket_ids)
$$;

create function search_move_messages() returns trigger language plpgsql as
$$
begin
    perform search_write_again(array(select ticket_id from before union select ticket_id from after));
    return null;
end
$$;
create trigger changed_messages_are_found after update on messages referencing old table as before new table as after
    for each statement execute function search_move_messages();

create function search_forget_messages() returns trigger language plpgsql as
$$
begin
    perform search_write_again(array(select distinct ticket_id from before));
    return null;
end
$$;
create trigger removed_messages_are_not_found after delete on messages referencing old table as before
    for each statement execute function search_forget_messages();

create function search_change_subject() returns trigger language plpgsql as
$$
begin
    perform search_write_again(array[new.id]);
    return null;
end
$$;
create trigger changed_subjects_are_found after update of subject on tickets for each row
    when (new.subject is distinct from old.subject) execute function search_change_subject();
