# shellcheck shell=bash
# What the process of a desk costs: until it serves, while nothing happens, and under load. Sourced by deploy/bench, whose functions and variables it uses; Linux alone tells it.
# shellcheck disable=SC2154 # seconds, rounds and url are its caller's

processes() {
  local round database empty
  for ((round = 1; round <= rounds; round++)); do
    database=helpdesk_start_$round
    pg_query "create database $database" >/dev/null
    start "$database"
    empty=$started
    start "$database"
    printf 'start, round %d, on an empty database: %s; on the same again: %s\n' "$round" "$empty" "$started"
  done
  # What the start has left to do is done by then, but what runs often is still being compiled for good.
  patiently sleep 60
  idles "$database" 30 "second minute"
  patiently sleep 90
  idles "$database" 60 "fourth minute"
  make_policy
  post 20 >/dev/null
  post "$seconds" >/dev/null
  printf 'under load (POST /v1/tickets, 32 connections): %s\n' "$(memory)"
  end_app
}

# start DATABASE sets started: how long from the command to the first answer that says ready, and the processor's time until then.
start() {
  local began
  end_app
  began=${EPOCHREALTIME/./}
  serve "$url" "$1" Jobs__Enabled=true
  started="ready after $(((${EPOCHREALTIME/./} - began) / 1000)) ms, $(used) ms of the processor"
}

# idles DATABASE SECONDS WHEN
idles() {
  local before after transactions
  before=$(used) transactions=$(commits "$1")
  patiently sleep "$2"
  after=$(used)
  printf 'while nothing happens, %s: %s; ' "$3" "$(memory)"
  awk -v ms=$((after - before)) -v s="$2" -v n=$(($(commits "$1") - transactions)) \
    'BEGIN { printf "over %d s %.2f %% of a core and %.1f transactions a second\n", s, ms / s / 10, n / s }'
}

# Milliseconds of the processor that the desk has used, of its own and for the kernel.
used() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick }' "/proc/${apps[0]}/stat"; }

memory() { awk '/^Rss:/ { all = $2 } /^Pss_File:/ { file = $2 } /^Anonymous:/ { own = $2 } END { printf "%d MB resident, of them %d MB anonymous", all / 1024, own / 1024 }' "/proc/${apps[0]}/smaps_rollup"; }

commits() { pg_query "select xact_commit + xact_rollback from pg_stat_database where datname = '$1'"; }

end_app() {
  ((${#apps[@]} > 0)) || return 0
  kill "${apps[0]}" 2>/dev/null || true
  wait "${apps[0]}" 2>/dev/null || true
  apps=()
}
