using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Delivery;
using HelpDesk.Events;
using HelpDesk.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Events;

/// <summary>Every write leaves its mark in the log: who, when, with which request, and what changed from what to what.</summary>
internal sealed class AuditTests : DeskFixture
{
    private const string Audit = "/v1/audit";

    private const string Floor = """{ "key": "floor", "label": "Floor", "type": "number" }""";

    private const string Failing = """{ "texts": { "en": { "title": "Cards are declined", "body": "We work on it." } } }""";

    private const string Waiting = """{ "kind": "paused", "locale": "sv", "subject": "Vi väntar: {{subject}}", "text": "Ditt ärende väntar." }""";

    private const string Hook = """{ "url": "https://example.com/hooks/desk", "types": ["promise.*"] }""";

    private const string Feed = """{ "url": "https://example.com/holidays.ics" }""";

    private const string Anna = """{ "name": "Anna", "email": "anna@example.org" }""";

    /// <summary>All that what was made or deleted says of itself.</summary>
    private static readonly string[] Some = ["*"];

    /// <summary>Routes that are asked by POST and write nothing.</summary>
    private static readonly string[] Questions =
    [
        "POST /v1/calendars/deadline", "POST /v1/calendars/elapsed", "POST /v1/calendars/{id:guid}/deadline", "POST /v1/calendars/{id:guid}/elapsed",
        "POST /v1/policies/rehearsal", "POST /v1/commitments/quote", "POST /v1/templates/preview", "POST /v1/templates/{id:guid}/preview",
    ];

    /// <summary>What to send to each writing route, and the events that it leaves. A new route is added here.</summary>
    private Dictionary<string, Walk> Walks => new()
    {
        ["POST /v1/api-keys"] = new(_ => Sent("/v1/api-keys", """{ "name": "x", "scopes": ["webhooks"] }"""), ["api_key.created"], ["name", "scopes"]),
        ["PATCH /v1/api-keys/{id}"] = new(async _ => ($"/v1/api-keys/{await Key()}", """{ "name": "y", "queues": ["sales"] }"""), ["api_key.updated"], ["name", "queues"]),
        ["POST /v1/api-keys/{id}/rotation"] = new(async _ => ($"/v1/api-keys/{await Key()}/rotation", "{}"), ["api_key.rotated"]),
        ["DELETE /v1/api-keys/{id}"] = new(async _ => ($"/v1/api-keys/{await Key()}", null), ["api_key.revoked"]),
        ["POST /v1/calendars"] = new(_ => Sent("/v1/calendars", """{ "name": "Office", "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }"""), ["calendar.created"], ["name", "timeZone", "week"]),
        ["PATCH /v1/calendars/{id:guid}"] = new(_ => Sent($"/v1/calendars/{Calendar}", """{ "name": "Shop", "holidays": ["01-01"] }"""), ["calendar.updated"], ["holidays", "name"]),
        ["DELETE /v1/calendars/{id:guid}"] = new(async _ => ($"/v1/calendars/{await MakeCalendar("""{ "mon": [["09:00","17:00"]] }""")}", null), ["calendar.deleted"]),
        ["POST /v1/calendars/{id:guid}/holidays"] = new(_ => Task.FromResult(($"/v1/calendars/{Calendar}/holidays", (string?)Uploads.OneHoliday)), ["calendar.updated"], ["holidays"]),
        ["DELETE /v1/calendars/{id:guid}/holidays/imported"] = new(
            async _ =>
            {
                await Desk.Admin.Send(HttpMethod.Post, $"/v1/calendars/{Calendar}/holidays", Uploads.OneHoliday, Uploads.TypeOf(Uploads.OneHoliday)).Json();
                return ($"/v1/calendars/{Calendar}/holidays/imported", null);
            },
            ["calendar.updated"], ["holidays"]),
        ["POST /v1/calendars/{id:guid}/holiday-feeds"] = new(_ => Sent($"/v1/calendars/{Calendar}/holiday-feeds", Feed), ["holiday_feed.created"], Some),
        ["PATCH /v1/calendars/{id:guid}/holiday-feeds/{feedId:guid}"] = new(
            async _ => (await Made($"/v1/calendars/{Calendar}/holiday-feeds", Feed), """{ "name": "Public holidays", "paused": true }"""), ["holiday_feed.updated"], ["name", "paused"]),
        ["DELETE /v1/calendars/{id:guid}/holiday-feeds/{feedId:guid}"] = new(async _ => (await Made($"/v1/calendars/{Calendar}/holiday-feeds", Feed), null), ["holiday_feed.deleted"], Some),
        ["POST /v1/calendars/{id:guid}/holiday-feeds/{feedId:guid}/refresh"] = new(
            async _ => ($"{await Made($"/v1/calendars/{Calendar}/holiday-feeds", Feed)}/refresh", null), ["holiday_feed.requested"]),
        ["POST /v1/policies"] = new(_ => Sent("/v1/policies", $$"""{ "name": "p", "calendarId": "{{Calendar}}", "terms": {} }"""), ["policy.created"], ["calendarId", "name", "published", "terms"]),
        ["PATCH /v1/policies/{id:guid}"] = new(async _ => ($"/v1/policies/{await Policy()}", """{ "remedy": "Cake", "terms": { "first_response": { "target": "PT1H" } } }"""), ["policy.updated"], ["remedy", "terms"]),
        ["DELETE /v1/policies/{id:guid}"] = new(async _ => ($"/v1/policies/{await Policy()}", null), ["policy.deleted"]),
        ["POST /v1/policies/{id:guid}/application"] = new(async _ => ($"/v1/policies/{await Policy()}/application", """{ "dryRun": false }"""), ["job.queued"]),
        ["POST /v1/calendars/{id:guid}/application"] = new(_ => Sent($"/v1/calendars/{Calendar}/application", """{ "dryRun": false }"""), ["job.queued"]),
        ["POST /v1/jobs/{id:guid}/cancellation"] = new(
            async _ => ($"{(await Desk.Admin.Post($"/v1/calendars/{Calendar}/application", """{ "dryRun": false }""")).Headers.Location}/cancellation", null), ["job.ended"]),
        ["POST /v1/advisories"] = new(_ => Sent("/v1/advisories", Failing), ["advisory.created"], Some),
        ["PATCH /v1/advisories/{id:guid}"] = new(async _ => (await Made("/v1/advisories", Failing), """{ "texts": { "en": { "body": "They work again." } } }"""), ["advisory.updated"], ["texts"]),
        ["DELETE /v1/advisories/{id:guid}"] = new(async _ => (await Made("/v1/advisories", Failing), null), ["advisory.deleted"], Some),
        ["PUT /v1/policies/order"] = new(async _ => ("/v1/policies/order", await OtherOrder()), ["policies.reordered"], ["ids"]),
        ["POST /v1/queues"] = new(_ => Sent("/v1/queues", """{ "name": "billing" }"""), ["queue.created"], Some),
        ["PATCH /v1/queues/{id:guid}"] = new(async _ => (await Made("/v1/queues", """{ "name": "billing" }"""), """{ "description": "Money" }"""), ["queue.updated"], ["description"]),
        ["DELETE /v1/queues/{id:guid}"] = new(async _ => (await Made("/v1/queues", """{ "name": "billing" }"""), null), ["queue.deleted"], Some),
        ["POST /v1/agents"] = new(_ => Sent("/v1/agents", Anna), ["agent.created"], Some),
        ["PATCH /v1/agents/{id:guid}"] = new(async _ => (await Made("/v1/agents", Anna), """{ "active": false }"""), ["agent.updated"], ["active"]),
        ["DELETE /v1/agents/{id:guid}"] = new(async _ => (await Made("/v1/agents", Anna), null), ["agent.deleted"], Some),
        ["POST /v1/organisations"] = new(_ => Sent("/v1/organisations", """{ "name": "Example Oy" }"""), ["organisation.created"], Some),
        ["PATCH /v1/organisations/{id:guid}"] = new(async _ => (await Made("/v1/organisations", """{ "name": "Example Oy" }"""), """{ "tier": "gold" }"""), ["organisation.updated"], ["tier"]),
        ["DELETE /v1/organisations/{id:guid}"] = new(async _ => (await Made("/v1/organisations", """{ "name": "Example Oy" }"""), null), ["organisation.deleted"], Some),
        ["POST /v1/customers"] = new(_ => Sent("/v1/customers", """{ "name": "Grace" }"""), ["customer.created"], Some),
        ["POST /v1/organisations/{id:guid}/webhook-secret/rotation"] = new(
            async _ => ($"{await Made("/v1/organisations", """{ "name": "Example Oy" }""")}/webhook-secret/rotation", null), ["webhook_secret.rotated"]),
        ["POST /v1/webhooks"] = new(_ => Sent("/v1/webhooks", Hook), ["webhook.created"], Some),
        ["PATCH /v1/webhooks/{id:guid}"] = new(
            async _ => (await Made("/v1/webhooks", Hook), """{ "paused": true, "description": "Stock" }"""), ["webhook.paused", "webhook.updated"], ["description", "paused"]),
        ["DELETE /v1/webhooks/{id:guid}"] = new(async _ => (await Made("/v1/webhooks", Hook), null), ["webhook.deleted"], Some),
        ["POST /v1/webhooks/{id:guid}/secret/rotation"] = new(async _ => ($"{await Made("/v1/webhooks", Hook)}/secret/rotation", null), ["webhook_secret.rotated"]),
        ["POST /v1/webhooks/{id:guid}/test"] = new(async _ => ($"{await Made("/v1/webhooks", Hook)}/test", null), ["webhook.tested"]),
        ["POST /v1/webhooks/{id:guid}/replay"] = new(async _ => ($"{await Made("/v1/webhooks", Hook)}/replay", """{ "failed": true }"""), ["webhook.replayed"]),
        ["POST /v1/notices/webhook-secret/rotation"] = new(_ => Task.FromResult(("/v1/notices/webhook-secret/rotation", (string?)null)), ["webhook_secret.rotated"]),
        ["POST /v1/customers/{id:guid}/webhook-secret/rotation"] = new(ticket => Task.FromResult(($"/v1/customers/{ticket["requesterId"]}/webhook-secret/rotation", (string?)null)), ["webhook_secret.rotated"]),
        ["POST /v1/customers/{id:guid}/merge"] = new(
            async ticket => ($"{await Made("/v1/customers", """{ "name": "Grace", "tier": "gold" }""")}/merge", $$"""{ "into": "{{ticket["requesterId"]}}" }"""), ["customer.merged"], Some),
        ["DELETE /v1/customers/{id:guid}"] = new(ticket => Task.FromResult(($"/v1/customers/{ticket["requesterId"]}", (string?)null)), ["customer.erased"]),
        ["PATCH /v1/customers/{id:guid}"] = new(async _ => ($"/v1/customers/{(await Customer("""{ "name": "Grace" }"""))["id"]}", """{ "name": "Grace H.", "tier": "gold" }"""), ["customer.updated"], ["name", "tier"]),
        ["POST /v1/tickets"] = new(
            async _ =>
            {
                await Policy();
                return ("/v1/tickets", """{ "subject": "x", "body": "y", "requester": { "email": "new@example.org" } }""");
            },
            ["customer.created", "ticket.created", "message.created", "commitment.started", "promise.made"], Some),
        ["POST /v1/jobs/{name}/run"] = new(_ => Task.FromResult(("/v1/jobs/forget_old_mail/run", (string?)null)), ["job.triggered"]),
        ["PUT /v1/jobs/{name}/paused"] = new(_ => Sent("/v1/jobs/follow_up/paused", """{ "paused": true }"""), ["job.paused"], ["paused"]),
        ["POST /v1/imports"] = new(_ => Sent("/v1/imports", Uploads.OneLine), ["job.queued"]),
        ["PATCH /v1/tickets/{id:long}"] = new(ticket => Sent($"/v1/tickets/{ticket["id"]}", """{ "assignee": "anna", "queue": "sales" }"""), ["ticket.updated"], ["assignee", "queue"]),
        ["POST /v1/tickets/{id:long}/messages"] = new(ticket => Sent($"/v1/tickets/{ticket["id"]}/messages", """{ "author": "agent", "body": "Words.", "status": "resolved" }"""), ["message.created", "ticket.updated", "commitment.kept", "promise.kept"], ["status"]),
        ["POST /v1/tickets/{id:long}/promises"] = new(ticket => Sent($"/v1/tickets/{ticket["id"]}/promises", """{ "words": "I will call", "promisedAt": "2026-03-04T08:00:00Z" }"""), ["commitment.started", "promise.made"]),
        ["PUT /v1/tickets/{id:long}/promises/{promiseId:guid}/fulfilment"] = new(async ticket => ($"/v1/tickets/{ticket["id"]}/promises/{await Callback(ticket)}/fulfilment", null), ["commitment.kept", "promise.kept"]),
        ["POST /v1/tickets/{id:long}/remedies"] = new(async ticket => ($"/v1/tickets/{await Broken(ticket)}/remedies", """{ "text": "Cake." }"""), ["remedy.offered"]),
        ["POST /v1/tickets/bulk"] = new(ticket => Sent("/v1/tickets/bulk", $$"""{ "ids": [{{ticket["id"]}}], "patch": { "queue": "sales" } }"""), ["ticket.updated"], ["queue"]),
        ["POST /v1/tickets/{id:long}/merge"] = new(async ticket => ($"/v1/tickets/{ticket["id"]}/merge", $$"""{ "into": {{(await Open())["id"]}} }"""), ["ticket.merged", "link.created"], Some),
        ["POST /v1/tickets/{id:long}/split"] = new(
            async ticket => ($"/v1/tickets/{ticket["id"]}/split", $$"""{ "messageIds": ["{{(await Said(ticket, "customer"))["id"]}}"] }"""), ["ticket.split", "ticket.created", "commitment.started"]),
        ["POST /v1/tickets/{id:long}/links"] = new(async ticket => ($"/v1/tickets/{ticket["id"]}/links", $$"""{ "type": "blocks", "ticketId": {{(await Open())["id"]}} }"""), ["link.created"]),
        ["DELETE /v1/tickets/{id:long}/links/{linkId:guid}"] = new(
            async ticket => (await Made($"/v1/tickets/{ticket["id"]}/links", $$"""{ "type": "blocks", "ticketId": {{(await Open())["id"]}} }"""), null), ["link.deleted"]),
        ["POST /v1/tickets/{id:long}/page-link"] = new(ticket => Task.FromResult(($"/v1/tickets/{ticket["id"]}/page-link", (string?)null)), ["page_link.renewed"]),
        ["DELETE /v1/tickets/{id:long}/page-link"] = new(ticket => Task.FromResult(($"/v1/tickets/{ticket["id"]}/page-link", (string?)null)), ["page_link.revoked"]),
        ["POST /v1/tickets/{id:long}/attachments"] = new(ticket => Task.FromResult(($"/v1/tickets/{ticket["id"]}/attachments", (string?)Uploads.OneFile)), ["attachment.created"]),
        ["POST /v1/custom-fields"] = new(_ => Sent("/v1/custom-fields", Floor), ["custom_field.created"], Some),
        ["PATCH /v1/custom-fields/{id:guid}"] = new(async _ => (await Made("/v1/custom-fields", Floor), """{ "label": "Storey" }"""), ["custom_field.updated"], ["label"]),
        ["DELETE /v1/custom-fields/{id:guid}"] = new(async _ => (await Made("/v1/custom-fields", Floor), null), ["custom_field.deleted"], Some),
        ["POST /v1/templates"] = new(_ => Sent("/v1/templates", Waiting), ["template.created"], Some),
        ["PATCH /v1/templates/{id:guid}"] = new(async _ => (await Made("/v1/templates", Waiting), """{ "text": "Nu väntar ditt ärende." }"""), ["template.updated"], ["text"]),
        ["DELETE /v1/templates/{id:guid}"] = new(async _ => (await Made("/v1/templates", Waiting), null), ["template.deleted"], Some),
        ["POST /v1/deliveries/bounces"] = new(
            async ticket => ("/v1/deliveries/bounces", $$"""{ "items": [{ "messageId": "{{(await Deliveries(ticket))[0]["messageId"]}}", "type": "bounce", "permanent": true }] }"""),
            ["delivery.bounced", "customer.updated"], ["unreachableSince"]),
        ["POST /v1/inbound/email"] = new(_ => Task.FromResult(("/v1/inbound/email", (string?)Uploads.OneMail)), ["customer.created", "ticket.created", "message.created"], Some),
        ["PUT /v1/customers/{id:guid}/inbox/read"] = new(async _ => ($"{(await Inbox()).Address}/read", null), ["inbox.read"]),
        ["PUT /v1/customers/{id:guid}/inbox/{deliveryId:guid}/read"] = new(async _ => ((await Inbox()).Message, null), ["inbox.read"]),
        ["DELETE /v1/customers/{id:guid}/inbox/{deliveryId:guid}/read"] = new(
            async _ =>
            {
                var (_, message) = await Inbox();
                await Desk.Admin.Send(HttpMethod.Put, message);
                return (message, null);
            },
            ["inbox.unread"]),
        ["POST /v1/public/opt-out/{token}"] = new(ticket => Task.FromResult(($"/v1/public/opt-out/{OptOutToken(ticket)}", (string?)null)), ["customer.updated"], ["optOut"]),
        ["POST /v1/public/opt-out/{token}/opt-in"] = new(
            async ticket =>
            {
                await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{ticket["requesterId"]}", """{ "optOut": true }""").Json();
                return ($"/v1/public/opt-out/{OptOutToken(ticket)}/opt-in", null);
            },
            ["customer.updated"], ["optOut"]),
        ["POST /v1/deliveries/{id:guid}/retry"] = new(async ticket => ($"/v1/deliveries/{await DeadDelivery(ticket)}/retry", null), ["delivery.retried"], ["state"]),
        ["POST /v1/deliveries/retry"] = new(async ticket => ("/v1/deliveries/retry", $$"""{ "ids": ["{{await DeadDelivery(ticket)}}"] }"""), ["delivery.retried"], ["state"]),
        ["PUT /v1/sandbox/clock"] = new(_ => Sent("/v1/sandbox/clock", """{ "now": "2026-03-02T09:00:00Z" }"""), ["sandbox.clock_set"], ["now"]),
        ["POST /v1/sandbox/clock/advance"] = new(_ => Sent("/v1/sandbox/clock/advance", """{ "by": "PT1H" }"""), ["sandbox.clock_advanced"], ["now"]),
    };

    private IEnumerable<string> WritingRoutes => Desk.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/v1/", StringComparison.Ordinal) == true)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"))
        .Where(route => !route.StartsWith("GET ", StringComparison.Ordinal))
        .Distinct();

    [Test]
    public void Every_writing_route_is_walked() => Assert.That(Walks.Keys.Concat(Questions), Is.EquivalentTo(WritingRoutes));

    [Test]
    public async Task Every_write_leaves_events_that_say_who_with_which_request_and_what_changed()
    {
        var walked = 0;
        foreach (var (route, walk) in Walks)
        {
            await Empty_the_desk();
            await Policy("""{ "first_response": { "target": "PT4H" }, "resolution": { "target": "PT8H" } }""");
            var (address, body) = await walk.Prepare(await Open());
            var request = $"walk-{++walked}";
            var answer = await Desk.Admin.Send(new(route.Split(' ')[0]), address, body, Uploads.TypeOf(body), headers: ("X-Request-Id", request));
            Assert.That(answer.IsSuccessStatusCode, Is.True, $"{route}: {await answer.Content.ReadAsStringAsync()}");
            var events = (await Desk.Admin.GetAsync($"{Audit}?requestId={request}&limit=200").Json())["items"]!.AsArray();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(events.Select(item => (string?)item!["type"]).Distinct(), Is.SupersetOf(walk.Types), route);
                Assert.That(events.Select(item => (string?)item!["type"]).Distinct(), Is.SubsetOf(EventTypes.All.Keys), route);
                Assert.That(events.Select(item => (string?)item!["actor"]), Is.All.EqualTo("admin"), route);
                var changes = events.Select(item => item!["data"]!["changes"]).OfType<JsonObject>().SelectMany(item => item).ToList();
                if (walk.Changed == Some) Assert.That(changes, Is.Not.Empty, route);
                else Assert.That(changes.Select(change => change.Key).Order(), Is.EqualTo(walk.Changed ?? []), route);
                foreach (var (member, change) in changes) Assert.That(change!["from"]?.ToJsonString(), Is.Not.EqualTo(change["to"]?.ToJsonString()), $"{route} {member}");
            }
        }
    }

    [Test]
    public async Task A_write_that_changes_nothing_leaves_nothing()
    {
        var policy = await Policy();
        var customer = await Customer("""{ "name": "Grace" }""");
        var ticket = await Open();
        var key = await Key();
        var template = await Made("/v1/templates", Waiting);
        var before = await Database.Ask<long>("select count(*) from events");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "name": "Office" }""").Json();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "name": "p" }""").Json();
        await Desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", $$"""{ "ids": ["{{policy}}"] }""");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", """{ "name": "Grace" }""").Json();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/api-keys/{key}", """{ "name": "x" }""").Json();
        await Desk.Admin.Send(HttpMethod.Patch, template, """{ "text": "Ditt ärende väntar." }""").Json();
        await Patch(ticket, """{ "subject": "Printer on fire" }""").Json();
        Assert.That(await Database.Ask<long>("select count(*) from events"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_change_is_told_as_the_API_writes_it()
    {
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/calendars/{Calendar}", """{ "holidays": ["01-01"] }""").Json();
        var entry = (await Desk.Admin.GetAsync($"{Audit}?type=calendar.updated").Json())["items"]!.AsArray().Single()!;
        var expected = JsonNode.Parse("""{ "holidays": { "from": null, "to": ["01-01"] } }""");
        Assert.That(JsonNode.DeepEquals(entry["data"]!["changes"], expected), Is.True, entry.ToJsonString());
    }

    [Test]
    public async Task What_the_desk_does_of_itself_is_the_desk_s()
    {
        await Policy();
        await Open();
        await Advance("PT4H");
        var entry = (await Desk.Admin.GetAsync($"{Audit}?type=promise.renewed").Json())["items"]!.AsArray()[0]!;
        Assert.That(((string?)entry["actor"], (string?)entry["requestId"]), Is.EqualTo(("desk", (string?)null)));
    }

    [Test]
    public async Task Neither_keys_nor_their_hashes_are_written_down()
    {
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["webhooks"] }""").Json(HttpStatusCode.Created);
        var rotated = await Desk.Admin.Post($"/v1/api-keys/{made["id"]}/rotation", "{}").Json();
        var log = await Database.Ask<string>("select string_agg(data::text, ' ') from events where type like 'api_key%'");
        Assert.That(log, Does.Contain((string)made["id"]!).And.Not.Contain(((string)made["key"]!).Split('_', 3)[2]).And.Not.Contain(((string)rotated["key"]!).Split('_', 3)[2]).And.Not.Contain("ash"));
    }

    private static Task<(string, string?)> Sent(string address, string body) => Task.FromResult<(string, string?)>((address, body));

    private async Task<string> Made(string address, string body) => $"{address}/{(await Desk.Admin.Post(address, body).Json(HttpStatusCode.Created))["id"]}";

    private async Task<string> Key() => (string)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "x", "scopes": ["webhooks"] }""").Json(HttpStatusCode.Created))["id"]!;

    private async Task<string> OtherOrder()
    {
        var first = (string)(await Desk.Admin.GetAsync("/v1/policies").Json())["items"]![0]!["id"]!;
        return $$"""{ "ids": ["{{await Policy()}}", "{{first}}"] }""";
    }

    /// <summary>A ticket whose promise has lapsed.</summary>
    private async Task<string> Broken(JsonNode ticket)
    {
        await Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-04T08:00:00Z" }""").Json(HttpStatusCode.Created);
        await Now("2026-03-04T09:00:00Z");
        await Advance("PT0S");
        return $"{ticket["id"]}";
    }

    private async Task<string> Callback(JsonNode ticket)
    {
        var made = await Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-04T08:00:00Z" }""").Json(HttpStatusCode.Created);
        return (string)made["promises"]![0]!["id"]!;
    }

    private string OptOutToken(JsonNode ticket) => Desk.Services.GetRequiredService<OptOutLinks>().Token(Guid.Parse((string)ticket["requesterId"]!));

    /// <summary>An inbox with a message in it.</summary>
    private async Task<(string Address, string Message)> Inbox()
    {
        var customer = await Customer("""{ "name": "Grace", "preferredChannel": "inbox" }""");
        await OpenFor(customer);
        await Deliver();
        var address = $"/v1/customers/{customer["id"]}/inbox";
        return (address, $"{address}/{(await Desk.Admin.GetAsync(address).Json())["items"]![0]!["id"]}/read");
    }

    private async Task<JsonNode> DeadDelivery(JsonNode ticket)
    {
        await Database.Execute("update deliveries set state = 'dead', ended_at = created_at");
        return (await Deliveries(ticket))[0]["id"]!;
    }

    /// <param name="Prepare">Given a ticket: where to send what.</param>
    /// <param name="Types">The events that it leaves, at least.</param>
    /// <param name="Changed">The members whose values before and after are told, by name.</param>
    private sealed record Walk(Func<JsonNode, Task<(string Address, string? Body)>> Prepare, string[] Types, string[]? Changed = null);
}
