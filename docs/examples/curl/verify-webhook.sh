#!/usr/bin/env bash
# Takes one event of a webhook: verified, kept, each once. A CGI script, for whatever web server you have: the post's headers are in the environment
# (HTTP_WEBHOOK_ID …), its body is the input.
#
# HELPDESK_WEBHOOK_SECRET is the webhook's secret, whsec_…. What is good is a line of events.ndjson before the desk hears so; work on it from
# there, in your own time.
set -euo pipefail
export LC_ALL=C
file=events.ndjson
tolerance=300
body=$(mktemp)
trap 'rm -f "$body"' EXIT

answer() {
  printf 'Status: %s\r\n\r\n' "$1"
  echo "${2-}" >&2
  exit 0
}

# HMAC-SHA256 of the input, in base64. openssl has one, but takes its key on the command line, where every user of the machine can read it.
hmac() {
  { pad 0x5c && { pad 0x36 && cat; } | openssl dgst -sha256 -binary; } | openssl dgst -sha256 -binary | base64 -w 0
}
pad() {
  local at out=
  for ((at = 0; at < 128; at += 2)); do printf -v out '%s\\x%02x' "$out" $((16#0${key:at:2} ^ $1)); done
  printf '%b' "$out"
}
is_of_now() {
  [[ $1 =~ ^[0-9]{1,12}$ ]] || return 1
  local off=$((EPOCHSECONDS - 10#$1))
  ((${off#-} <= tolerance))
}
# By their hashes, so that the time it takes tells nothing.
same() { [[ $(printf %s "$1" | hmac) == "$(printf %s "$2" | hmac)" ]]; }

((${CONTENT_LENGTH:-0} <= 1048576)) || answer '413 Content Too Large'
head -c "${CONTENT_LENGTH:-0}" >"$body"
id=${HTTP_WEBHOOK_ID-} stamp=${HTTP_WEBHOOK_TIMESTAMP-}
key=$(printf %s "${HELPDESK_WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')

# Over the bytes as they came: JSON that was read and written again is other bytes.
ours=v1,$({ printf '%s.%s.' "$id" "$stamp" && cat "$body"; } | hmac)
good=
# There may be several with blanks between them: while secrets are changed over, the old one and the new one.
read -ra signatures <<<"${HTTP_WEBHOOK_SIGNATURE-}"
for theirs in "${signatures[@]}"; do
  ! same "$ours" "$theirs" || good=yes
done
[[ $good ]] || answer '401 Unauthorized' "refused: the signature is not the desk's"
is_of_now "$stamp" || answer '401 Unauthorized' 'refused: it is not of now'

# One after the other, and each id once: it is the same at every attempt and in every replay.
exec 9>>"$file"
flock 9
if ! grep -q "^{\"id\":${id#evt_}," "$file"; then
  { cat "$body" && echo; } >&9
  sync "$file"
fi
answer '204 No Content' "took $id"
