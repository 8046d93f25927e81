using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class VersionTests : DeskFixture
{
    private async Task<string?> Version(JsonNode ticket) => (await Get(ticket)).Headers.ETag?.Tag;

    [Test]
    public async Task Every_transaction_on_a_ticket_raises_its_version_by_one()
    {
        await Policy();
        var ticket = await Open();
        var versions = new List<string?> { await Version(ticket) };
        async Task Then(Func<Task> act)
        {
            await act();
            versions.Add(await Version(ticket));
        }

        await Then(() => Patch(ticket, """{ "queue": "q" }"""));
        await Then(() => Say(ticket, "agent", "\"visibility\": \"internal\""));
        await Then(() => Say(ticket, "system"));
        await Then(() => Post(ticket, "/promises", """{ "words": "I will call", "promisedAt": "2026-03-09T08:00:00Z" }"""));
        await Then(() => Advance("PT3H"));
        await Then(() => Say(ticket, "agent"));
        await Then(() => Say(ticket, "customer"));
        Assert.That(versions, Is.EqualTo(new[] { "\"1\"", "\"2\"", "\"3\"", "\"4\"", "\"5\"", "\"6\"", "\"7\"", "\"8\"" }));
    }

    [Test]
    public async Task A_lapse_and_a_recalled_follow_up_raise_the_version()
    {
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        Assert.That(await Version(ticket), Is.EqualTo("\"2\""));
        await Now("2026-03-02T12:00:00.000001Z");
        await Recall();
        Assert.That(await Version(ticket), Is.EqualTo("\"3\""));
        Assert.That(await Sweep(), Is.Zero, "the recovery was part of it");
    }

    [Test]
    public async Task Neither_time_nor_mail_nor_another_ticket_changes_the_version()
    {
        await Policy();
        var ticket = await Open();
        await Open();
        await Advance("PT2H59M");
        var late = await Read(ticket);
        Assert.That(await Version(ticket), Is.EqualTo("\"1\""));
        Assert.That((decimal)late.Last("first_response")["usedSeconds"]!, Is.EqualTo(10_740), "what follows from the time is as of now");
        await Now("2026-03-02T13:00:00Z");
        Assert.That(((string?)(await Read(ticket)).Last("first_response")["state"], await Version(ticket)), Is.EqualTo(("overdue", "\"1\"")));
    }

    [TestCase("")]
    [TestCase("/commitments")]
    public async Task What_the_client_has_is_not_sent_again(string part)
    {
        await Policy();
        var ticket = await Open();
        var answer = await Get(ticket, part, ("If-None-Match", "\"1\""));
        Assert.That((answer.StatusCode, answer.Headers.ETag?.Tag, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotModified, "\"1\"", "")));
        await Said(ticket, "agent");
        Assert.That((await Get(ticket, part, ("If-None-Match", "\"1\""))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Reading_a_ticket_does_not_allow_writing_it()
    {
        var ticket = await Open();
        var made = await Desk.Admin.Post("/v1/api-keys", """{ "name": "reader", "scopes": ["tickets:read"] }""").Json(HttpStatusCode.Created);
        using var reader = Desk.With((string)made["key"]!);
        await reader.GetAsync($"/v1/tickets/{ticket["id"]}/timeline").Json();
        var address = $"/v1/tickets/{ticket["id"]}";
        foreach (var attempt in new[]
        {
            reader.Post("/v1/tickets", "{}"),
            reader.Post(address + "/messages", """{ "author": "agent", "body": "b" }"""),
            reader.Post(address + "/promises", "{}"),
            reader.Send(HttpMethod.Patch, address, "{}", "application/merge-patch+json"),
            reader.Send(HttpMethod.Put, address + "/promises/0195564e-1200-7a01-8f00-0a1b2c3d4e5f/fulfilment"),
        })
        {
            Assert.That((string?)(await attempt.Problem(HttpStatusCode.Forbidden, "forbidden"))["detail"], Does.Contain("tickets:write"));
        }

        await reader.GetAsync("/v1/sandbox/clock").Problem(HttpStatusCode.Forbidden, "forbidden");
        await Desk.Anonymous.GetAsync(address).Problem(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
