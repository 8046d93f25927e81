// Takes the events of a webhook: verified, kept, each once.
//
//   node out/verify-webhook.js [PORT]
//
// HELPDESK_WEBHOOK_SECRET is the webhook's secret, whsec_…. What is good is a line of events.ndjson before the desk hears so; work on it from
// there, in your own time.
import { existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import process from "node:process";
import { Webhook } from "standardwebhooks";

type Event = { id: number; type: string };

const file = "events.ndjson";
const largest = 1024 * 1024;
const webhook = new Webhook(process.env["HELPDESK_WEBHOOK_SECRET"]!);
const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").filter(Boolean) : [];
const taken = new Set(lines.map(line => `evt_${(JSON.parse(line) as Event).id}`));
const kept = openSync(file, "a");

/** The bytes as they came: JSON that was read and written again is other bytes. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > largest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function take(request: IncomingMessage): Promise<number> {
  const body = await bodyOf(request);
  if (!body) return 413;
  let event: Event;
  try {
    // Throws where it is not the desk's, was changed on its way, or is not of now. Takes any of several signatures, as there are while secrets are changed over.
    event = webhook.verify(body, request.headers as Record<string, string>) as Event;
  } catch (error) {
    console.log(`refused: ${error}`);
    return 401;
  }
  // The same id at every attempt and in every replay.
  const id = request.headers["webhook-id"] as string;
  if (taken.has(id)) return 204;
  writeSync(kept, `${body}\n`);
  fsyncSync(kept);
  taken.add(id);
  console.log(`took ${event.type}`);
  return 204;
}

const server = createServer(async (request, response) => {
  try {
    response.writeHead(await take(request)).end();
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(); // the desk tries again
  }
});
server.listen(Number(process.argv[2] ?? 8787), "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`listening on http://127.0.0.1:${address.port}`);
});
