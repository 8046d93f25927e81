// Posts a case of ours as a ticket: once, whatever happens on the way.
//
//   node out/post-ticket.js CASE < ticket.json
//
// CASE is what we call it ourselves. It is the ticket's externalRef and the Idempotency-Key in one, so that this may be run again at any time, also
// after it was killed. Prints the ticket's number. Exit code 1: refused, somebody must look; 75: the desk is away, run it again later.
import { setTimeout as sleep } from "node:timers/promises";
import { json } from "node:stream/consumers";
import process from "node:process";

const tries = 8;
const again = [408, 429, 500, 502, 503, 504];

type Problem = { type?: string; detail?: string; errors?: Record<string, string[]>; ticketId?: number };
/** A status of 0 means that nobody knows whether it arrived. */
type Outcome = { status: number; retryAfter?: string | null; answer: Problem & { id?: number } };

async function send(reference: string, body: string): Promise<Outcome> {
  try {
    const response = await fetch(`${process.env["HELPDESK_URL"]}/v1/tickets`, {
      method: "POST",
      headers: { Authorization: `Bearer ${process.env["HELPDESK_KEY"]}`, "Content-Type": "application/json", "Idempotency-Key": `crm-${reference}` },
      body,
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("Content-Type") ?? ""); // a proxy's own page is not
    return { status: response.status, retryAfter: response.headers.get("Retry-After"), answer: isJson ? JSON.parse(text) : { detail: text } };
  } catch (error) {
    return { status: 0, answer: { detail: String(error) } };
  }
}

async function post(reference: string, ticket: object): Promise<number | undefined> {
  // Made once: the same key always comes with the same bytes.
  const body = JSON.stringify({ ...ticket, externalSource: "crm", externalRef: reference });
  for (let tried = 0; tried < tries; tried++) {
    const { status, retryAfter, answer } = await send(reference, body);
    if (status === 201) return answer.id;
    // Posted long ago: keys are kept for a day, references for ever.
    if (answer.type === "urn:helpdesk:external-ref-taken" && answer.ticketId) return answer.ticketId;
    if (status !== 0 && !again.includes(status) && answer.type !== "urn:helpdesk:idempotency-running") {
      console.error(`Refused (${status}): ${answer.detail} ${JSON.stringify(answer.errors ?? "")}`);
      process.exit(1);
    }
    console.error(`Not now (${status || "no answer"}): ${answer.detail}`);
    const asked = Number.parseInt(retryAfter ?? "");
    if (tried < tries - 1) await sleep(asked >= 0 ? asked * 1000 : Math.random() * Math.min(30_000, 500 * 2 ** tried));
  }
  return undefined;
}

const number = await post(process.argv[2]!, (await json(process.stdin)) as object);
if (number === undefined) process.exitCode = 75;
else console.log(number);
