# shellcheck shell=bash
# shellcheck disable=SC2154 # root: ground.sh
# Fills the database that psql reaches by its environment (PGHOST, PGPORT, PGUSER, PGDATABASE). Sourced after ground.sh.

# seed TICKETS
seed() {
  local began=$SECONDS parts
  [[ $(ask "select to_regclass('ticket_marks') is not null") == t ]] || die "this database is not a desk's of this version." "Start the desk on it once: it makes the tables."
  [[ $(ask 'select exists (select from tickets)') == f ]] || die "this database has tickets already; none was added." "Name an empty one."
  patiently psql -X -q -v tickets="$1" -f "$root/deploy/lib/seed/seed.sql" >&2 || die "the tickets could not be loaded; nothing is left of them."
  say "Full text …"
  parts=$(nproc)
  patiently read_texts "$parts" || die "the full text could not be written. The database has tickets without it: use another."
  say "Seeded $1 tickets in $((SECONDS - began)) s."
}

ask() { psql -X -Atqc "$1" || die "the database does not answer; what it said stands above."; }

# Several processes side by side, then the index.
# shellcheck disable=SC2317 # patiently calls it
read_texts() {
  local part pid index failed=0
  local -a workers=()
  index=$(ask "select pg_get_indexdef('ticket_texts_document'::regclass)") || return
  psql -X -q -v ON_ERROR_STOP=1 -c 'drop index ticket_texts_document' || return
  for ((part = 0; part < $1; part++)); do
    psql -X -q -v parts="$1" -v part="$part" -f "$root/deploy/lib/seed/texts.sql" &
    workers+=("$!")
  done
  for pid in "${workers[@]}"; do wait "$pid" || failed=1; done
  ((failed == 0)) || return 1
  psql -X -q -v ON_ERROR_STOP=1 -c "set maintenance_work_mem = '1GB'" \
    -c "$index" -c 'vacuum (analyze)'
}
