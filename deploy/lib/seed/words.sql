-- Words by how often they are used (the n-th about half as often as the 2n-th is not): common ones as people write them, and a long tail of made ones;
-- sentences of them, of which messages are put together.
create temp table seed_words as
with given (locale, head, roots, ends) as (values
    ('en', string_to_array('the of and to we you is in it not for on our your with be order invoice please this have are was has still account delivery customer can but from number will amount password
        printer screen contract payment address often received since today after before yesterday money refund broken late missing twice wrong again support system login error page email phone month office week
        answer question problem request changed cancel renew upgrade licence machine warranty return parcel driver bank card statement total tax discount price offer', ' '),
        array['mar', 'tel', 'sin', 'con', 'ver', 'pla', 'dor', 'ing', 'ter', 'bal', 'cor', 'fen', 'gra', 'hol', 'jus', 'kin', 'lem', 'mon', 'nor', 'pan', 'qui', 'ros', 'sta', 'tur', 'und', 'vos', 'wel'],
        array['', 's', 'ing', 'ed', 'er']),
    ('tr', string_to_array('ve bir bu için ile çok daha değil var yok fatura sipariş lütfen hesap teslimat müşteri numara tutar şifre yazıcı ekran sözleşme ödeme adres sık aldım bugün sonra önce dün para iade
        bozuk geç eksik iki yanlış tekrar destek sistem giriş hata sayfa posta telefon ay ofis hafta yanıt soru sorun istek değişti iptal yenile lisans makine garanti kargo sürücü banka kart özet toplam vergi indirim
        fiyat teklif ışık ısı kapı çalışmıyor gönderildi bekliyoruz İstanbul', ' '),
        array['kar', 'tel', 'sın', 'gün', 'ver', 'baş', 'dör', 'ışı', 'ter', 'bal', 'çor', 'fen', 'göz', 'hol', 'kuş', 'kin', 'lem', 'mon', 'nur', 'pan', 'rüz', 'ses', 'taş', 'tur', 'und', 'vez', 'yıl'],
        array['', 'lar', 'ler', 'ı', 'in', 'da']),
    ('fi', string_to_array('ja on ei se että me te olla mutta kun tilaus lasku ole vielä tili toimitus asiakas numero summa salasana tulostin näyttö sopimus maksu osoite usein saanut tänään jälkeen ennen eilen
        raha palautus rikki myöhässä puuttuu kaksi väärä taas tuki järjestelmä kirjautuminen virhe sivu posti puhelin kuukausi toimisto viikko vastaus kysymys ongelma pyyntö muuttui peruuta uusi lisenssi kone takuu
        paketti kuljettaja pankki kortti tiliote yhteensä vero alennus hinta tarjous', ' '),
        array['kar', 'tel', 'sin', 'kon', 'ver', 'pää', 'tuo', 'ino', 'ter', 'pal', 'kor', 'ven', 'rau', 'hol', 'jus', 'kin', 'lem', 'mon', 'nor', 'pan', 'kui', 'ros', 'sta', 'tur', 'und', 'vuo', 'yö'],
        array['', 't', 'ssa', 'lla', 'n', 'ksi']))
select locale, n::integer, word
from given, unnest(head || array(
    select roots[1 + k % cardinality(roots)] || roots[1 + k / cardinality(roots) % cardinality(roots)] || roots[1 + k / cardinality(roots) / cardinality(roots) % cardinality(roots)]
        || ends[1 + k % 7 % cardinality(ends)]
    from generate_series(1, 20000) k)) with ordinality as w (word, n)
where n <= 20000;
create index on seed_words (locale, n);
analyze seed_words;


create temp table seed_sentences as
select locale, n, upper(left(words, 1)) || substr(words, 2) || '.' as sentence
from (
    select p.locale, p.n, string_agg(w.word, ' ') as words
    from (
        select locale, n, 1 + floor(exp(random() * ln(20000)))::integer % 20000 as pick
        from (values ('en'), ('tr'), ('fi')) as l (locale), generate_series(1, 4000) n, lateral generate_series(1, 5 + n % 8)) p
        join seed_words w on w.locale = p.locale and w.n = p.pick
    group by p.locale, p.n) s;
create index on seed_sentences (locale, n);
analyze seed_sentences;
