"""Counts what becomes of promises, each exactly once, through kills and outages on either side.

    python3 follow_promises.py [--once]

What was counted and the place in the feed (next) are one file, replaced whole: a stop at any moment leaves both as they were, or both as they
are now. With a database of yours, write both in one transaction. --once ends where there is nothing new, for a job that runs every hour.
"""
import http.client
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

FILE = "promises.json"
BEGINNING = {"next": None, "counts": {}}


def load():
    try:
        with open(FILE, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return BEGINNING


def save(state):
    with open(FILE + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(FILE + ".new", FILE)


def read(after):
    query = {"types": "promise.*", "limit": 500} | ({"after": after} if after else {})
    request = urllib.request.Request(
        os.environ["HELPDESK_URL"] + "/v1/events?" + urllib.parse.urlencode(query), headers={"Authorization": "Bearer " + os.environ["HELPDESK_KEY"]})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def count(state, page):
    counts = dict(state["counts"])
    for event in page["items"]:
        counts[event["type"]] = counts.get(event["type"], 0) + 1
    return {"next": page["next"], "counts": counts}


def follow(once):
    state, failures = load(), 0
    while True:
        try:
            page = read(state["next"])
        except (OSError, http.client.HTTPException, ValueError) as error:
            status = getattr(error, "code", 0)
            if status == 410:  # the desk was restored from a backup: what comes from the feed alone can be counted anew
                state = BEGINNING
                continue
            if status in (400, 401, 403, 404):
                sys.exit(f"Refused: {error.read().decode()}")
            print(f"Not now: {error}", file=sys.stderr)
            asked = error.headers.get("Retry-After", "") if status else ""
            time.sleep(int(asked) if asked.isdigit() else random.uniform(0, min(30, 0.5 * 2**min(failures, 6))))
            failures += 1
            continue
        state, failures = count(state, page), 0
        save(state)
        print(json.dumps(state["counts"], sort_keys=True), flush=True)
        if not page["hasMore"]:
            if once:
                return
            time.sleep(2)


if __name__ == "__main__":
    follow("--once" in sys.argv)
