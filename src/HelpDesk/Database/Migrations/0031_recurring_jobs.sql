-- What every server has to know of a recurring job: whether somebody paused it, whether a run out of its turn is asked for, and how the last run went where it
-- runs once across servers. A job has a row from the first time on that there is something to know.
create table recurring_jobs (
    name text primary key,
    paused_at timestamptz,
    paused_by text,
    run_asked_at timestamptz,
    started_at timestamptz,
    took_ms bigint,
    done int,
    error text,
    check ((paused_at is null) = (paused_by is null)),
    check (paused_at is null or run_asked_at is null),
    check (num_nulls(started_at, took_ms, done) in (0, 3)),
    check (error is null or started_at is not null)
);
