-- A letter and its mark are one letter or two, and look the same: words are read and asked for as one (Unicode NFC). What is stored stays as it was written, and what was
-- stored before is read anew when its ticket changes.
create function search_composed(words text) returns text language sql immutable parallel safe as
$$ select case when octet_length(words) = length(words) or words is nfc normalized then words else normalize(words, nfc) end $$;

-- Safe: old servers ask and write through it as before; words that are composed already, as nearly all are, are read as they were.
create or replace function search_words(language text, words text) returns tsvector language plpgsql immutable parallel unsafe as
$$
declare
    lower_words text := search_lower(language, search_composed(left(words, 100000)));
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

-- Safe: old servers ask through it as before, and find what they found.
create or replace function search_question(language text, words text) returns tsquery language plpgsql immutable parallel unsafe set client_min_messages = warning as
$$
declare
    lower_words text := search_lower(language, search_composed(words));
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
