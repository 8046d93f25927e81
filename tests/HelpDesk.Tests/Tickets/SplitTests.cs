using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class SplitTests : DeskFixture
{
    private Task<HttpResponseMessage> TrySplit(JsonNode ticket, string more, params JsonNode[] messages) =>
        Post(ticket, "/split", $$"""{ "messageIds": [{{string.Join(',', messages.Select(message => $"\"{message["id"]}\""))}}]{{more}} }""");

    private Task<JsonNode> Split(JsonNode ticket, params JsonNode[] messages) => TrySplit(ticket, "", messages).Json(HttpStatusCode.Created);

    private async Task<IReadOnlyList<string>> Bodies(JsonNode ticket) => [.. (await Read(ticket, "/messages"))["items"]!.AsArray().Select(item => (string)item!["body"]!)];

    [Test]
    public async Task Messages_become_a_ticket_of_their_own_whose_clocks_start_then()
    {
        await Policy();
        var ticket = await Open(""" "queue": "q", "priority": "high", "category": "c", "tags": ["t"], "customFields": { "a": 1 }, "watchers": ["w@example.org"] """);
        var toner = await Said(ticket, "customer", body: "And the toner is empty.");
        await Now("2026-03-02T10:00:00Z");
        var answer = await TrySplit(ticket, """, "subject": " Toner " """, toner);
        var made = await answer.Json(HttpStatusCode.Created);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo($"/v1/tickets/{made["id"]}"));
            Assert.That(JsonNode.DeepEquals(made, await Read(made)), $"{made} {await Read(made)}");
            Assert.That(((string?)made["subject"], (string?)made["status"], (string?)made["queue"], (string?)made["priority"], (string?)made["category"], made["tags"]!.ToJsonString()),
                Is.EqualTo(("Toner", "new", "q", "high", "c", """["t"]""")));
            Assert.That((made["customFields"]!.ToJsonString(), made["watchers"]!.ToJsonString(), (string?)made["requesterId"]), Is.EqualTo(("""{"a":1}""", """["w@example.org"]""", (string?)ticket["requesterId"])));
            Assert.That(made["nextPromise"]!["promisedAt"].Hour(), Is.EqualTo("02 14:00"));
            Assert.That((await Read(ticket))["nextPromise"]!["promisedAt"].Hour(), Is.EqualTo("02 12:00"), "what was promised there stays");
            Assert.That((await Bodies(ticket), await Bodies(made)), Is.EqualTo((new[] { "It burns." }, new[] { "And the toner is empty." })));
            Assert.That((string?)(await Read(ticket, "/links"))["items"]![0]!["type"], Is.EqualTo("relates"));
            Assert.That(await Outgoing(made), Is.EqualTo(new[] { "acknowledgement queued" }));
            Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"3\""));
        }

        await Said(made, "agent");
        Assert.That((string?)(await Read(made)).Last("first_response")["state"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task Where_the_last_word_is_an_agents_nobody_waits_for_an_answer()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "update": { "target": "PT8H", "hours": "around_the_clock" } }""");
        var ticket = await Open();
        var made = await Split(ticket, await Said(ticket, "customer", body: "Toner?"), await Said(ticket, "agent", body: "On its way."));
        Assert.That((made.States(), (string?)made["status"], (string?)made["createdBy"]), Is.EqualTo((new[] { "update running" }, "open", "customer")));
        Assert.That(await Outgoing(made), Is.EqualTo(new[] { "promise queued" }));
    }

    [Test]
    public async Task Notes_alone_start_no_response()
    {
        await Policy();
        var ticket = await Open();
        var made = await Split(ticket, await Said(ticket, "agent", "\"visibility\": \"internal\""));
        Assert.That((made["commitments"]!.AsArray().Count, await Outgoing(made)), Is.EqualTo((0, Array.Empty<string>())));
    }

    [Test]
    public async Task What_cannot_be_split_is_refused_and_changes_nothing()
    {
        var (ticket, other) = (await Open(), await Open());
        var own = (await Read(ticket, "/messages"))["items"]![0]!;
        var foreign = (await Read(other, "/messages"))["items"]![0]!;
        await TrySplit(ticket, "", own).Problem(HttpStatusCode.Conflict, "split-takes-all");
        var problem = await TrySplit(ticket, "", own, foreign).Problem(HttpStatusCode.UnprocessableEntity, "unknown-message");
        Assert.That(problem["errors"]!["messageIds[1]"], Is.Not.Null);
        await TrySplit(ticket, "").Refuses("messageIds");
        await Said(ticket, "customer");
        await TrySplit(ticket, """, "subject": "a\nb" """, own).Refuses("subject");
        await Post(ticket, "/split", """{ "messageIds": ["no"] }""").Refuses("messageIds[0]");
        await Desk.Admin.Post("/v1/tickets/999999/split", $$"""{ "messageIds": ["{{own["id"]}}"] }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Post(ticket, "/merge", $$"""{ "into": {{other["id"]}} }""").Json();
        await TrySplit(ticket, "", own).Problem(HttpStatusCode.Conflict, "ticket-merged");
        Assert.That(await Split(other, own), Is.Not.Null);
    }
}
