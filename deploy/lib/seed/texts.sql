-- The full text of every :parts-th ticket, from the :part-th on: several of these run side by side, since reading words is most of the work.
\set ON_ERROR_STOP on
\set QUIET on
set synchronous_commit = off;
set work_mem = '256MB';
set jit = off;
-- Without a plan of several processes: these functions cannot be shared among them.
set max_parallel_workers_per_gather = 0;
insert into ticket_texts (ticket_id, language, document)
select t.id, l.language, search_document(t.id, l.language, t.subject, m.bodies)
from tickets t
    join customers c on c.id = t.requester_id
    join (select ticket_id, array_agg(body order by sequence) as bodies from messages where ticket_id % :parts = :part group by ticket_id) m on m.ticket_id = t.id,
    lateral (select case c.locale when 'tr' then 'turkish' when 'fi' then 'finnish' else 'english' end as language) l
order by t.id;
