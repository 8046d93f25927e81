"""Posts a case of ours as a ticket: once, whatever happens on the way.

    python3 post_ticket.py CASE < ticket.json

CASE is what we call it ourselves. It is the ticket's externalRef and the Idempotency-Key in one, so that this may be run again at any time,
also after it was killed. Prints the ticket's number. Exit code 1: refused, somebody must look; 75: the desk is away, run it again later.
"""
import http.client
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

TRIES = 8
AGAIN = {408, 429, 500, 502, 503, 504}


def send(case, body):
    """One try: status, headers and answer. A status of 0 means that nobody knows whether it arrived."""
    request = urllib.request.Request(os.environ["HELPDESK_URL"] + "/v1/tickets", body, {
        "Authorization": "Bearer " + os.environ["HELPDESK_KEY"],
        "Content-Type": "application/json",
        "Idempotency-Key": "crm-" + case,
    })
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            return error.code, error.headers, json.load(error)
        except ValueError:  # a proxy's own page
            return error.code, error.headers, {"detail": error.reason}
    except (OSError, http.client.HTTPException, ValueError) as error:
        return 0, {}, {"detail": str(error)}


def post(case, ticket):
    # Made once: the same key always comes with the same bytes.
    body = json.dumps(ticket | {"externalSource": "crm", "externalRef": case}).encode()
    for tried in range(TRIES):
        status, headers, answer = send(case, body)
        if status == 201:
            return answer["id"]
        kind = answer.get("type")
        if kind == "urn:helpdesk:external-ref-taken" and "ticketId" in answer:
            return answer["ticketId"]  # posted long ago: keys are kept for a day, references for ever
        if status != 0 and status not in AGAIN and kind != "urn:helpdesk:idempotency-running":
            sys.exit(f"Refused ({status}): {answer.get('detail')} {answer.get('errors', '')}")
        print(f"Not now ({status or 'no answer'}): {answer.get('detail')}", file=sys.stderr)
        asked = headers.get("Retry-After", "")
        if tried < TRIES - 1:
            time.sleep(int(asked) if asked.isdigit() else random.uniform(0, min(30, 0.5 * 2**tried)))
    sys.exit(75)


if __name__ == "__main__":
    print(post(sys.argv[1], json.load(sys.stdin)))
