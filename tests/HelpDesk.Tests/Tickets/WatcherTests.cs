using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>Others who read along.</summary>
internal sealed class WatcherTests : DeskFixture
{
    private const string Boss = """ "watchers": ["Boss@example.org", "boss@example.org", "ada@example.org", "kai@example.org"] """;

    /// <summary>What went to anybody but Ada: "recipient kind".</summary>
    private async Task<IReadOnlyList<string>> ToOthers(JsonNode ticket) =>
        [.. (await Deliveries(ticket)).Where(item => (string?)item["recipient"] != "ada@example.org").Select(item => $"{item["recipient"]} {item["kind"]}").Order(StringComparer.Ordinal)];

    [Test]
    public async Task Watchers_are_kept_in_lower_case_each_once_and_without_the_requester()
    {
        var ticket = await Open(Boss);
        Assert.That(ticket["watchers"]!.ToJsonString(), Is.EqualTo("""["boss@example.org","kai@example.org"]"""));
        Assert.That((await Patch(ticket, """{ "watchers": ["x@example.org", "ADA@example.org"] }""").Json())["watchers"]!.ToJsonString(), Is.EqualTo("""["x@example.org"]"""));
        Assert.That((await Patch(ticket, """{ "watchers": null }""").Json())["watchers"]!.ToJsonString(), Is.EqualTo("[]"));
    }

    [Test]
    public async Task Bad_addresses_and_too_many_are_refused()
    {
        await PostTicket($$"""{ "subject": "s", "requester": {{Ada}}, "watchers": ["a@example.org", "no"] }""").Refuses("watchers[1]");
        await Patch(await Open(), """{ "watchers": [null] }""").Refuses("watchers[0]");
        var many = string.Join(',', Enumerable.Range(0, 51).Select(number => $"\"w{number}@example.org\""));
        await PostTicket($$"""{ "subject": "s", "requester": {{Ada}}, "watchers": [{{many}}] }""").Refuses("watchers");
    }

    [Test]
    public async Task They_get_what_agents_write_and_the_resolution_and_no_promise()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "update": { "target": "PT4H", "hours": "around_the_clock" } }""");
        var ticket = await Open(Boss);
        await Advance("PT3H");
        Assert.That(await ToOthers(ticket), Is.Empty, "neither the acknowledgement nor the follow-up");
        await Said(ticket, "agent", body: "We are on it.");
        Assert.That(await ToOthers(ticket), Is.EqualTo(new[] { "boss@example.org reply", "kai@example.org reply" }));
        Assert.That(await LastText(ticket), Does.Contain("We are on it.").And.Not.Contain("What comes next"));
        await Said(ticket, "agent", "\"visibility\": \"internal\"");
        await Said(ticket, "customer");
        await Said(ticket, "agent", "\"automated\": true");
        Assert.That(await ToOthers(ticket), Has.Count.EqualTo(2));
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        Assert.That((await ToOthers(ticket)).Skip(1).Take(1), Is.EqualTo(new[] { "boss@example.org resolution" }));
        await Advance("PT0S");
        Assert.That(Mails().Count(mail => mail["To"].Contains("boss@example.org", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task An_agents_opening_message_is_copied_too()
    {
        var ticket = await Open(Boss + """, "createdBy": "agent" """);
        Assert.That(await ToOthers(ticket), Is.EqualTo(new[] { "boss@example.org reply", "kai@example.org reply" }));
    }

    [Test]
    public async Task A_watcher_who_is_known_is_written_in_her_language_and_not_when_she_opted_out()
    {
        await Customer("""{ "email": "boss@example.org", "name": "Aino", "locale": "fi" }""");
        await Customer("""{ "email": "kai@example.org", "optOut": true }""");
        var ticket = await Open(Boss);
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        Assert.That(await ToOthers(ticket), Is.EqualTo(new[] { "boss@example.org resolution" }));
        Assert.That(await LastText(ticket), Does.StartWith("Hei Aino,"));
    }

    [Test]
    public async Task They_read_along_even_where_the_requester_cannot_be_written_to()
    {
        await Customer("""{ "email": "ada@example.org", "optOut": true }""");
        var ticket = await Open(Boss);
        await Said(ticket, "agent");
        Assert.That(await ToOthers(ticket), Is.EqualTo(new[] { "boss@example.org reply", "kai@example.org reply" }));
    }
}
