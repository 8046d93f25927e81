using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.CustomFields;

internal sealed class CustomFieldTests : DeskFixture
{
    private Task<JsonNode> Define(string json) => Desk.Admin.Post("/v1/custom-fields", json).Json(HttpStatusCode.Created);

    private Task<JsonNode> Define(string key, string type, string more = "") =>
        Define($$"""{ "key": "{{key}}", "label": "A label", "type": "{{type}}"{{(more.Length == 0 ? "" : ", " + more)}} }""");

    private Task<HttpResponseMessage> Change(JsonNode field, string json, params (string, string)[] headers) =>
        Desk.Admin.Send(HttpMethod.Patch, $"/v1/custom-fields/{field["id"]}", json, "application/merge-patch+json", headers);

    private Task<HttpResponseMessage> TryOpen(string fields) =>
        PostTicket($$"""{ "subject": "s", "body": "b", "requester": {{Ada}}, "customFields": {{fields}} }""");

    private async Task<IReadOnlyList<long>> Found(string query) =>
        [.. (await Desk.Admin.GetAsync("/v1/tickets?sort=createdAt&" + query).Json())["items"]!.AsArray().Select(item => (long)item!["id"]!)];

    [Test]
    public async Task A_field_is_defined_read_back_changed_and_deleted()
    {
        var answer = await Desk.Admin.Post("/v1/custom-fields", """{ "key": "floor", "label": " Floor ", "type": "choice", "choices": ["ground", "first"], "required": true, "description": "Where." }""");
        var made = await answer.Json(HttpStatusCode.Created);
        var read = await Desk.Admin.GetAsync(answer.Headers.Location!.ToString());
        Assert.That(JsonNode.DeepEquals(made, await read.Json()));
        Assert.That(((string?)made["key"], (string?)made["label"], (string?)made["type"], (bool?)made["required"]), Is.EqualTo(("floor", "Floor", "choice", true)));
        Assert.That(made["choices"]!.ToJsonString(), Is.EqualTo("""["ground","first"]"""));
        await Change(made, """{ "choices": ["ground"], "required": false }""", ("If-Match", "\"1\"")).Json();
        await Change(made, """{ "label": "x" }""", ("If-Match", "\"1\"")).Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That((await Change(made, """{ "choices": ["ground"] }""")).Headers.ETag?.Tag, Is.EqualTo("\"2\""), "nothing changed");
        Assert.That((await Desk.Admin.GetAsync("/v1/custom-fields").Json())["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await Desk.Admin.DeleteAsync($"/v1/custom-fields/{made["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await Desk.Admin.GetAsync($"/v1/custom-fields/{made["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
        await Desk.Admin.DeleteAsync($"/v1/custom-fields/{made["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
        Assert.That(await Database.Ask<string>("select string_agg(type, ' ' order by sequence) from events where type like 'custom_field%'"),
            Is.EqualTo("custom_field.created custom_field.updated custom_field.deleted"));
    }

    [TestCase("""{ "label": "l", "type": "text" }""", "key")]
    [TestCase("""{ "key": "1st", "label": "l", "type": "text" }""", "key")]
    [TestCase("""{ "key": "a.b", "label": "l", "type": "text" }""", "key")]
    [TestCase("""{ "key": "a\n", "label": "l", "type": "text" }""", "key")]
    [TestCase("""{ "key": "k", "label": " ", "type": "text" }""", "label")]
    [TestCase("""{ "key": "k", "label": "l", "type": "colour" }""", "type")]
    [TestCase("""{ "key": "k", "label": "l", "type": "choice" }""", "choices")]
    [TestCase("""{ "key": "k", "label": "l", "type": "choices", "choices": [] }""", "choices")]
    [TestCase("""{ "key": "k", "label": "l", "type": "choice", "choices": ["a", "a"] }""", "choices")]
    [TestCase("""{ "key": "k", "label": "l", "type": "choice", "choices": ["a", " "] }""", "choices[1]")]
    [TestCase("""{ "key": "k", "label": "l", "type": "number", "choices": ["a"] }""", "choices")]
    [TestCase("""{ "key": "k", "label": "l", "type": "text", "colour": 1 }""", "colour")]
    public async Task What_cannot_be_defined_is_refused_by_its_name(string json, string member) => await Desk.Admin.Post("/v1/custom-fields", json).Refuses(member);

    [Test]
    public async Task A_key_is_defined_once_and_key_and_type_stay()
    {
        var field = await Define("floor", "text");
        await Desk.Admin.Post("/v1/custom-fields", """{ "key": "floor", "label": "l", "type": "number" }""").Problem(HttpStatusCode.Conflict, "field-exists");
        await Change(field, """{ "key": "storey" }""").Problem(HttpStatusCode.Conflict, "field-fixed");
        await Change(field, """{ "type": "number" }""").Problem(HttpStatusCode.Conflict, "field-fixed");
    }

    [Test]
    public async Task Only_an_admin_defines_and_whoever_reads_tickets_reads()
    {
        var key = (string?)(await Desk.Admin.Post("/v1/api-keys", """{ "name": "k", "scopes": ["tickets:read", "tickets:write"] }""").Json(HttpStatusCode.Created))["key"];
        using var client = Desk.With(key!);
        await client.Post("/v1/custom-fields", """{ "key": "k", "label": "l", "type": "text" }""").Problem(HttpStatusCode.Forbidden, "forbidden");
        await client.GetAsync("/v1/custom-fields").Json();
    }

    [Test]
    public async Task As_long_as_nothing_is_defined_anything_goes()
    {
        await TryOpen("""{ "floor": 3, "who": { "x": [1] } }""").Json(HttpStatusCode.Created);
        await Define("floor", "number");
        await TryOpen("""{ "who": 1 }""").Refuses("customFields.who");
    }

    [TestCase("text", "\"x\"", "3")]
    [TestCase("text", "\"x\"", "\" \"")]
    [TestCase("text", "\"x\"", "null")]
    [TestCase("number", "-3.5", "\"3\"")]
    [TestCase("number", "0", "1e300")]
    [TestCase("boolean", "false", "\"false\"")]
    [TestCase("date", "\"2028-02-29\"", "\"2027-02-29\"")]
    [TestCase("date", "\"2026-12-24\"", "\"24.12.2026\"")]
    [TestCase("choice", "\"a\"", "\"c\"")]
    [TestCase("choice", "\"a\"", "[\"a\"]")]
    [TestCase("choices", "[\"b\",\"a\"]", "[\"a\",\"a\"]")]
    [TestCase("choices", "[]", "\"a\"")]
    [TestCase("choices", "[]", "[\"a\",1]")]
    public async Task A_value_is_of_its_fields_type_on_a_new_ticket_and_on_a_change(string type, string good, string bad)
    {
        await Define("field", type, type.StartsWith("choice", StringComparison.Ordinal) ? """ "choices": ["a", "b"] """ : "");
        var ticket = await TryOpen($$"""{ "field": {{good}} }""").Json(HttpStatusCode.Created);
        Assert.That(ticket["customFields"]!["field"]!.ToJsonString(), Is.EqualTo(good));
        Assert.That(await TryOpen($$"""{ "field": {{bad}} }""").Refuses("customFields.field"), Does.StartWith("must be"));
        if (bad != "null") await Patch(ticket, $$"""{ "customFields": { "field": {{bad}} } }""").Refuses("customFields.field");
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [TestCase("{ \"a\": \"\\u0000\" }", "customFields.a")]
    [TestCase("{ \"a\": [{ \"b\": \"\\ud800\" }] }", "customFields.a[0].b")]
    [TestCase("{ \"a\": { \"\\u0000\": 1 } }", "customFields.a")]
    [TestCase("{ \"a\": 1e400000 }", "customFields.a")]
    [TestCase("{ \"a\": 1e-400000 }", "customFields.a")]
    public async Task What_jsonb_cannot_keep_is_refused(string fields, string member)
    {
        await TryOpen(fields).Refuses(member);
        await Patch(await Open(), $$"""{ "customFields": {{fields}} }""").Refuses(member);
    }

    [Test]
    public async Task What_is_required_must_be_given_and_stay_but_older_tickets_go_on_without()
    {
        var older = await Open();
        await Define("floor", "number", "\"required\": true");
        Assert.That(await PostTicket($$"""{ "subject": "s", "requester": {{Ada}} }""").Refuses("customFields.floor"), Is.EqualTo("is required"));
        var ticket = await TryOpen("""{ "floor": 1 }""").Json(HttpStatusCode.Created);
        await Patch(ticket, """{ "customFields": { "floor": null } }""").Refuses("customFields.floor");
        await Patch(ticket, """{ "customFields": { "floor": 2 } }""").Json();
        await Patch(older, """{ "queue": "q" }""").Json();
    }

    [Test]
    public async Task Values_under_a_deleted_field_stay_and_can_be_taken_away()
    {
        var field = await Define("floor", "number");
        var ticket = await TryOpen("""{ "floor": 1 }""").Json(HttpStatusCode.Created);
        await Define("room", "text");
        await Desk.Admin.DeleteAsync($"/v1/custom-fields/{field["id"]}");
        await Patch(ticket, """{ "customFields": { "room": "7 b" } }""").Json();
        await Patch(ticket, """{ "customFields": { "floor": 2 } }""").Refuses("customFields.floor");
        Assert.That((await Patch(ticket, """{ "customFields": { "floor": null } }""").Json())["customFields"]!.ToJsonString(), Is.EqualTo("""{"room":"7 b"}"""));
    }

    [Test]
    public async Task Tickets_are_found_by_their_fields()
    {
        await Define("floor", "number");
        await Define("site", "choice", """ "choices": ["Oulu", "Turku"] """);
        await Define("parts", "choices", """ "choices": ["drum", "toner"] """);
        await Define("paid", "boolean");
        var one = (long)(await TryOpen("""{ "floor": 3, "site": "Oulu", "parts": ["drum", "toner"], "paid": true }""").Json(HttpStatusCode.Created))["id"]!;
        var two = (long)(await TryOpen("""{ "floor": 4.5, "site": "Turku", "parts": ["toner"], "paid": false }""").Json(HttpStatusCode.Created))["id"]!;
        await Open();
        Assert.That(await Found("customFields.floor=3.0"), Is.EqualTo(new[] { one }));
        Assert.That(await Found("customFields.floor=3,4.5"), Is.EqualTo(new[] { one, two }));
        Assert.That(await Found("customFields.site=Turku"), Is.EqualTo(new[] { two }));
        Assert.That(await Found("customFields.parts=toner"), Is.EqualTo(new[] { one, two }));
        Assert.That(await Found("customFields.paid=false"), Is.EqualTo(new[] { two }));
        Assert.That(await Found("customFields.parts=toner&customFields.floor=3"), Is.EqualTo(new[] { one }));
        Assert.That(await Found("customFields.site=oulu"), Is.Empty);
        await Desk.Admin.GetAsync("/v1/tickets?customFields.colour=red").Refuses("customFields.colour");
        await Desk.Admin.GetAsync("/v1/tickets?customFields.=red").Refuses("customFields.");
    }

    [Test]
    public async Task A_message_that_came_too_late_keeps_the_fields_of_the_ticket_it_continues()
    {
        var ticket = await TryOpen("""{ "floor": 3 }""").Json(HttpStatusCode.Created);
        await Define("room", "text", "\"required\": true");
        await Patch(ticket, """{ "status": "closed" }""").Json();
        var next = await Said(ticket, "customer");
        Assert.That((await Desk.Admin.GetAsync($"/v1/tickets/{next["ticketId"]}").Json())["customFields"]!.ToJsonString(), Is.EqualTo("""{"floor":3}"""));
    }
}
