// Counts what becomes of promises, each exactly once, through kills and outages on either side.
//
//   node out/follow-promises.js [--once]
//
// What was counted and the place in the feed (next) are one file, replaced whole: a stop at any moment leaves both as they were, or both as they
// are now. With a database of yours, write both in one transaction. --once ends where there is nothing new, for a job that runs every hour.
import { existsSync } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";

type State = { next: string | null; counts: Record<string, number> };
type Page = { items: { type: string }[]; next: string; hasMore: boolean };

const file = "promises.json";
const beginning: State = { next: null, counts: {} };

async function load(): Promise<State> {
  return existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : beginning;
}

async function save(state: State): Promise<void> {
  const fresh = await open(`${file}.new`, "w");
  await fresh.writeFile(JSON.stringify(state));
  await fresh.sync();
  await fresh.close();
  await rename(`${file}.new`, file);
}

function read(after: string | null): Promise<Response> {
  const query = new URLSearchParams({ types: "promise.*", limit: "500", ...(after ? { after } : {}) });
  return fetch(`${process.env["HELPDESK_URL"]}/v1/events?${query}`, {
    headers: { Authorization: `Bearer ${process.env["HELPDESK_KEY"]}` },
    signal: AbortSignal.timeout(30_000),
  });
}

function count(state: State, page: Page): State {
  const counts = { ...state.counts };
  for (const { type } of page.items) counts[type] = (counts[type] ?? 0) + 1;
  return { next: page.next, counts };
}

/** A page; the state to begin again with; or how many milliseconds to wait, where there was none. */
async function next(state: State, failures: number): Promise<Page | State | number> {
  const backOff = Math.random() * Math.min(30_000, 500 * 2 ** failures);
  try {
    const response = await read(state.next);
    if (response.ok) return (await response.json()) as Page;
    // The desk was restored from a backup: what comes from the feed alone can be counted anew.
    if (response.status === 410) return beginning;
    if ([400, 401, 403, 404].includes(response.status)) {
      console.error(`Refused: ${await response.text()}`);
      process.exit(1);
    }
    console.error(`Not now: ${response.status}`);
    const asked = Number.parseInt(response.headers.get("Retry-After") ?? "");
    return asked >= 0 ? asked * 1000 : backOff;
  } catch (error) {
    console.error(`Not now: ${error}`);
    return backOff;
  }
}

let state = await load();
let failures = 0;
while (true) {
  const found = await next(state, failures);
  if (typeof found === "number") {
    failures = Math.min(failures + 1, 6);
    await sleep(found);
  } else if ("counts" in found) {
    state = found;
  } else {
    failures = 0;
    state = count(state, found);
    await save(state);
    console.log(JSON.stringify(state.counts));
    if (found.hasMore) continue;
    if (process.argv.includes("--once")) break;
    await sleep(2_000);
  }
}
