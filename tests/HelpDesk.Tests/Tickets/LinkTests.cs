using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class LinkTests : DeskFixture
{
    private Task<HttpResponseMessage> Link(JsonNode ticket, string type, JsonNode? other) => Post(ticket, "/links", $$"""{ "type": "{{type}}", "ticketId": {{other}} }""");

    private async Task<IReadOnlyList<string>> Links(JsonNode ticket) =>
        [.. (await Read(ticket, "/links"))["items"]!.AsArray().Select(item => $"{item!["type"]} {item["direction"]} {item["ticketId"]}")];

    [TestCase("relates")]
    [TestCase("blocks")]
    [TestCase("duplicates")]
    public async Task A_link_is_seen_from_both_sides_and_removed_from_either(string type)
    {
        var (one, two) = (await Open(), await Open());
        var made = await Link(one, type, two["id"]).Json(HttpStatusCode.Created);
        Assert.That(await Links(one), Is.EqualTo(new[] { $"{type} outgoing {two["id"]}" }));
        Assert.That(await Links(two), Is.EqualTo(new[] { $"{type} incoming {one["id"]}" }));
        Assert.That((await Get(two)).Headers.ETag?.Tag, Is.EqualTo("\"2\""));
        Assert.That((string?)(await Read(two, "/timeline"))["items"]!.AsArray()[^1]!["data"]!["direction"], Is.EqualTo("incoming"));
        Assert.That((await Desk.Admin.DeleteAsync($"/v1/tickets/{two["id"]}/links/{made["id"]}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Links(one), Is.Empty);
        await Desk.Admin.DeleteAsync($"/v1/tickets/{two["id"]}/links/{made["id"]}").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task Neither_twice_nor_the_other_way_round_nor_to_itself()
    {
        var (one, two) = (await Open(), await Open());
        await Link(one, "blocks", two["id"]).Json(HttpStatusCode.Created);
        await Link(one, "relates", two["id"]).Json(HttpStatusCode.Created);
        await Link(one, "blocks", two["id"]).Problem(HttpStatusCode.Conflict, "link-exists");
        await Link(two, "blocks", one["id"]).Problem(HttpStatusCode.Conflict, "link-inverse");
        await Link(two, "relates", one["id"]).Problem(HttpStatusCode.Conflict, "link-exists");
        await Link(one, "relates", one["id"]).Problem(HttpStatusCode.Conflict, "link-to-itself");
        Assert.That(await Links(one), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_is_not_there_cannot_be_linked()
    {
        var ticket = await Open();
        await Link(ticket, "relates", 999_999).Problem(HttpStatusCode.UnprocessableEntity, "unknown-ticket");
        await Desk.Admin.Post("/v1/tickets/999999/links", $$"""{ "type": "relates", "ticketId": {{ticket["id"]}} }""").Problem(HttpStatusCode.NotFound, "not-found");
        await Link(ticket, "follows", 1).Refuses("type");
        await Post(ticket, "/links", """{ "type": "relates" }""").Refuses("ticketId");
        await Desk.Admin.GetAsync("/v1/tickets/999999/links").Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Test]
    public async Task A_stale_tag_links_nothing()
    {
        var (one, two) = (await Open(), await Open());
        await Patch(one, """{ "queue": "q" }""").Json();
        await Desk.Admin.Send(HttpMethod.Post, $"/v1/tickets/{one["id"]}/links", $$"""{ "type": "relates", "ticketId": {{two["id"]}} }""", headers: ("If-Match", "\"1\""))
            .Problem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.That(await Links(one), Is.Empty);
    }

    [Test]
    public async Task Of_many_at_once_that_say_the_same_or_the_inverse_one_stands()
    {
        var (one, two) = (await Open(), await Open());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => number % 2 == 0 ? Link(one, "blocks", two["id"]) : Link(two, "blocks", one["id"])));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict), Is.EqualTo(9));
    }
}
