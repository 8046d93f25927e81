-- The operators' board: promises that are owed, by their dates. An ended commitment is in neither, so that both stay as small as what is open.

-- Those due soon, and those at risk, which have not lapsed though their follow-up is past: told from the index alone.
create index commitments_promising on commitments (promised_at, follow_up_at) where ended_at is null and promised_at is not null;

-- Those overdue, the longest first.
create index commitments_overdue on commitments (lapsed_at) where ended_at is null and lapsed_at is not null;
