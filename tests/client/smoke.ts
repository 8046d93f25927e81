// A frontend in small: everything below is typed by the desk's own OpenAPI document. Prints one line for each step; anything unexpected throws.
// Usage: node out/smoke.js http://127.0.0.1:5080 KEY
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./desk.js";

type Ticket = components["schemas"]["TicketResponse"];

declare const process: { argv: string[]; exitCode?: number };

const [baseUrl, key] = process.argv.slice(2);
if (!baseUrl || !key) throw new Error("Say the desk's address and a key.");

const authorization: Middleware = {
  onRequest: ({ request }) => {
    request.headers.set("Authorization", `Bearer ${key}`);
    return request;
  },
};
const desk = createClient<paths>({ baseUrl });
desk.use(authorization);

type Answer<T> = { data?: T; error?: { title: string; detail: string }; response: Response };

function must<T>(what: string, status: number, answer: Answer<T>): T {
  const { response, error, data } = answer;
  if (response.status !== status) throw new Error(`${what}: ${response.status} where ${status} was expected: ${error?.title}: ${error?.detail}`);
  console.log(`${response.status} ${what}`);
  return data as T;
}

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`Not so: ${what}`);
}

const calendar = must("make a calendar", 201, await desk.POST("/v1/calendars", {
  body: { name: "Office", timeZone: "Europe/Helsinki", week: { mon: [["08:00", "16:00"]], tue: [["08:00", "16:00"]], wed: [["08:00", "16:00"]] } },
}));
must("publish a policy", 201, await desk.POST("/v1/policies", {
  body: { name: "Everybody", calendarId: calendar.id, published: true, terms: { first_response: { target: "PT4H" }, resolution: { target: "PT16H" } } },
}));

const idempotencyKey = "smoke-1";
const question = {
  subject: "The invoice is wrong", body: "It has last year's address.", channel: "web", queue: "billing",
  requester: { email: "ayla@example.org", name: "Ayla", locale: "tr", timeZone: "Europe/Istanbul" },
};
const post = () => desk.POST("/v1/tickets", { params: { header: { "Idempotency-Key": idempotencyKey } }, body: question });
const opened: Ticket = must("post a ticket", 201, await post());
const again = await post();
expect("the same key makes no second ticket", must("post it again", 201, again).id === opened.id && again.response.headers.get("Idempotency-Replayed") === "true");
expect("it carries a promise", opened.nextPromise?.kind === "first_response" && opened.commitments.length === 2);

const path = { id: opened.id };
const read = await desk.GET("/v1/tickets/{id}", { params: { path } });
const etag = read.response.headers.get("ETag") ?? "";
expect("what was posted is read", must("read the ticket", 200, read).subject === question.subject);
must("take it", 200, await desk.PATCH("/v1/tickets/{id}", { params: { path, header: { "If-Match": etag } }, body: { assignee: "anna", priority: "high" } }));
const stale = await desk.PATCH("/v1/tickets/{id}", { params: { path, header: { "If-Match": etag } }, body: { priority: "low" } });
expect("an old ETag is refused", stale.response.status === 412 && stale.error?.type === "urn:helpdesk:stale");
must("answer", 201, await desk.POST("/v1/tickets/{id}/messages", { params: { path }, body: { author: "agent", body: "We send you a new one today." } }));
const commitments = must("see what was promised", 200, await desk.GET("/v1/tickets/{id}/commitments", { params: { path } }));
expect("the answer kept the promise", commitments.items.some(item => item.kind === "first_response" && item.state === "kept"));
must("ask why", 200, await desk.GET("/v1/tickets/{id}/explanation", { params: { path } }));
const list = must("list the queue", 200, await desk.GET("/v1/tickets", { params: { query: { queue: ["billing"], limit: 10 } } }));
expect("the ticket is in it", list.items.some(ticket => ticket.id === opened.id));
const found = must("search", 200, await desk.GET("/v1/tickets", { params: { query: { q: "invoice" } } }));
expect("search finds it", found.items.some(ticket => ticket.id === opened.id));
const wrong = await desk.POST("/v1/tickets", { body: { ...question, subject: "" } });
expect("a bad member is named", wrong.response.status === 400 && "subject" in (wrong.error?.errors ?? {}));
console.log("All as it should be.");
