#!/usr/bin/env bash
# Counts what becomes of promises, each exactly once, through kills and outages on either side.
#
#   follow-promises.sh [--once]
#
# What was counted and the place in the feed (next) are one file, replaced whole: a stop at any moment leaves both as they were, or both as they are
# now. --once ends where there is nothing new, for a job that runs every hour.
set -euo pipefail
: "${HELPDESK_URL:?Set it to the address of the desk.}" "${HELPDESK_KEY:?Set it to a key of the desk.}"
file=promises.json
[[ -s $file ]] || echo '{"next": null, "counts": {}}' >"$file"

# The key comes from a file that is none: what stands on a command line, every user of the machine can read.
read_page() {
  local after
  after=$(jq -r '.next // empty' "$file")
  curl -sS -G "$HELPDESK_URL/v1/events" -o "$file.page" -w '%{http_code}' --max-time 30 --retry 8 --retry-all-errors \
    -H @<(printf 'Authorization: Bearer %s\n' "$HELPDESK_KEY") -d 'types=promise.*' -d limit=500 ${after:+-d "after=$after"}
}

while true; do
  status=$(read_page) || status=000
  case $status in
    200) ;;
    # The desk was restored from a backup: what comes from the feed alone can be counted anew.
    410)
      rm "$file"
      exec "$0" "$@"
      ;;
    000 | 408 | 429 | 5??)
      echo "Not now ($status)." >&2
      sleep 5
      continue
      ;;
    *)
      echo "Refused ($status): $(<"$file.page")" >&2
      exit 1
      ;;
  esac
  jq -c --slurpfile page "$file.page" '.next = $page[0].next | reduce $page[0].items[].type as $type (.; .counts[$type] += 1)' "$file" >"$file.new"
  sync "$file.new"
  mv "$file.new" "$file"
  jq -cS .counts "$file"
  [[ $(jq .hasMore "$file.page") == false ]] || continue
  [[ ${1-} != --once ]] || exit 0
  sleep 2
done
