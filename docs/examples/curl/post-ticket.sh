#!/usr/bin/env bash
# Posts a case of ours as a ticket: once, whatever happens on the way.
#
#   post-ticket.sh CASE < ticket.json
#
# CASE is what we call it ourselves. It is the ticket's externalRef and the Idempotency-Key in one, so that this may be run again at any time, also
# after it was killed. Prints the ticket's number. Exit code 1: refused, somebody must look; 75: the desk is away, run it again later.
set -euo pipefail
case=${1:?Say what you call the case.}
: "${HELPDESK_URL:?Set it to the address of the desk.}" "${HELPDESK_KEY:?Set it to a key of the desk.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Made once: the same key always comes with the same bytes.
jq -c --arg case "$case" '. + {externalSource: "crm", externalRef: $case}' >"$work/ticket"

# The key comes from a file that is none: what stands on a command line, every user of the machine can read. curl tries again by itself where there was no
# answer, and after 408, 429 and 5xx, as Retry-After says.
post() {
  curl -sS -X POST "$HELPDESK_URL/v1/tickets" -o "$work/answer" -w '%{http_code}' --max-time 30 --retry 8 --retry-all-errors \
    -H @<(printf 'Authorization: Bearer %s\n' "$HELPDESK_KEY") -H 'Content-Type: application/json' -H "Idempotency-Key: crm-$case" --data-binary "@$work/ticket"
}

for _ in {1..8}; do
  status=$(post) || exit 75
  kind=$(jq -r '.type // empty' "$work/answer" 2>/dev/null || true)
  [[ $kind == urn:helpdesk:idempotency-running ]] || break
  sleep 1 # The try before is still being worked on.
done

case $status:$kind in
  201:*) jq .id "$work/answer" ;;
  # Posted long ago: keys are kept for a day, references for ever.
  409:urn:helpdesk:external-ref-taken) jq .ticketId "$work/answer" ;;
  408:* | 429:* | 5??:* | 409:urn:helpdesk:idempotency-running)
    echo "Not now ($status)." >&2
    exit 75
    ;;
  *)
    echo "Refused ($status): $(jq -c '[.detail, .errors]' "$work/answer" 2>/dev/null)" >&2
    exit 1
    ;;
esac
