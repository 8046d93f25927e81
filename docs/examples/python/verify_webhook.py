"""Takes the events of a webhook: verified, kept, each once.

    python3 verify_webhook.py [PORT]

HELPDESK_WEBHOOK_SECRET is the webhook's secret, whsec_…. What is good is a line of events.ndjson before the desk hears so; work on it from
there, in your own time.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FILE = "events.ndjson"
TOLERANCE = 5 * 60
LARGEST = 1024 * 1024


def verify(headers, body, secret):
    """Raises ValueError where it is not the desk's, was changed on its way, or is not of now."""
    sent, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    # Over the bytes as they came: JSON that was read and written again is other bytes.
    key = base64.b64decode(secret.removeprefix("whsec_"))
    ours = b"v1," + base64.b64encode(hmac.digest(key, f"{sent}.{stamp}.".encode() + body, hashlib.sha256))
    # There may be several with blanks between them: while secrets are changed over, the old one and the new one.
    if not any(hmac.compare_digest(ours, theirs.encode()) for theirs in headers.get("webhook-signature", "").split()):
        raise ValueError("the signature is not the desk's")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > TOLERANCE:
        raise ValueError("it is not of now")


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60  # of a connection that is silent
    taken = set()
    taking = threading.Lock()

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)
        try:
            verify(self.headers, body, os.environ["HELPDESK_WEBHOOK_SECRET"])
        except ValueError as error:
            print(f"refused: {error}", flush=True)
            return self.answer(401)
        with self.taking:
            # The same id at every attempt and in every replay.
            if self.headers["webhook-id"] not in self.taken:
                keep(body)
                self.taken.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def keep(body):
    with open(FILE, "ab") as file:
        file.write(body + b"\n")
        file.flush()
        os.fsync(file.fileno())
    print("took " + json.loads(body)["type"], flush=True)


if __name__ == "__main__":
    if os.path.exists(FILE):
        with open(FILE, "rb") as kept:
            Receiver.taken = {f"evt_{json.loads(line)['id']}" for line in kept}
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8787), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
