using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using HelpDesk.Tickets;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Tickets;

/// <summary>What is resolved for long enough is over.</summary>
internal sealed class ClosingTests : DeskFixture
{
    private const string After2Days = """ "closeAfter": "P2D" """;

    private async Task<JsonNode> Resolved()
    {
        var ticket = await Open();
        return await Patch(ticket, """{ "status": "resolved" }""").Json();
    }

    [Test]
    public async Task A_resolved_ticket_is_closed_at_the_instant_its_policy_says_and_nobody_is_written_to()
    {
        await Policy(more: After2Days);
        var ticket = await Resolved();
        Assert.That(await Advance("PT47H59M"), Has.None.EndsWith("close"));
        Assert.That(await Advance("P1D"), Is.EqualTo(new[] { "2026-03-04T08:00:00Z close" }));
        var closed = await Read(ticket);
        Assert.That(((string?)closed["status"], (string?)closed["closedAt"], (string?)closed["resolvedAt"]), Is.EqualTo(("closed", "2026-03-04T08:00:00Z", Monday)));
        Assert.That(await Outgoing(ticket), Is.EqualTo(new[] { "acknowledgement sent", "resolution sent" }));
        var entry = (await Read(ticket, "/timeline"))["items"]!.AsArray()[^1]!;
        Assert.That(((string?)entry["type"], (string?)entry["actor"], (string?)entry["data"]!["changes"]!["status"]!["to"]), Is.EqualTo(("ticket.closed", "desk", "closed")));
    }

    [Test]
    public async Task Where_nothing_says_otherwise_it_takes_fourteen_days()
    {
        await Resolved();
        Assert.That(await Advance("P30D"), Does.Contain("2026-03-16T08:00:00Z close"));
        await Policy();
        await Now("2026-04-06T08:00:00Z");
        await Resolved();
        Assert.That(await Advance("P30D"), Does.Contain("2026-04-20T08:00:00Z close"));
    }

    [Test]
    public async Task Reopening_resets_it()
    {
        await Policy(more: After2Days);
        var ticket = await Resolved();
        await Advance("P1D");
        await Said(ticket, "customer");
        Assert.That(await Advance("P2D"), Has.None.EndsWith("close"));
        await Patch(ticket, """{ "status": "resolved" }""").Json();
        Assert.That(await Advance("P5D"), Does.Contain("2026-03-07T08:00:00Z close"));
    }

    [Test]
    public async Task After_it_the_customers_message_opens_a_new_ticket()
    {
        await Policy(more: After2Days);
        var ticket = await Resolved();
        await Advance("P2D");
        var next = await Said(ticket, "customer");
        Assert.That((long?)(await Desk.Admin.GetAsync($"/v1/tickets/{next["ticketId"]}").Json())["continuesId"], Is.EqualTo((long?)ticket["id"]));
    }

    [Test]
    public async Task A_ticket_keeps_to_the_version_it_was_promised_by()
    {
        var policy = await Policy(more: After2Days);
        await Resolved();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "closeAfter": "P1D" }""", "application/merge-patch+json").Json();
        Assert.That(await Advance("P3D"), Does.Contain("2026-03-04T08:00:00Z close"));
    }

    [Test]
    public async Task Two_servers_at_once_close_each_ticket_once()
    {
        await Policy(more: After2Days);
        foreach (var some in Enumerable.Range(0, 64).Chunk(8)) await Task.WhenAll(some.Select(_ => Resolved()));
        await Now("2026-03-04T08:00:00Z");
        var due = Instant.FromUtc(2026, 3, 4, 8, 0);
        using var other = StartAnother();
        var closed = await Task.WhenAll(new[] { Desk, other, Desk, other }.Select(desk => Task.Run(() =>
            ((CloseResolved)desk.Services.GetService(typeof(CloseResolved))!).RunOnce(due, default))));
        Assert.That(closed.Sum(), Is.EqualTo(64));
        Assert.That(await Database.Ask<long>("select count(*) from events where type = 'ticket.closed'"), Is.EqualTo(64));
    }

    [Test]
    public async Task The_policy_answers_with_it_and_refuses_what_it_cannot_be()
    {
        var policy = await Policy();
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/policies/{policy}").Json())["closeAfter"], Is.EqualTo("P14D"));
        foreach (var bad in new[] { "PT0S", "-P1D", "P5000D", "two days" })
        {
            await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", $$"""{ "closeAfter": "{{bad}}" }""", "application/merge-patch+json").Refuses("closeAfter");
        }
    }

    [TestCase("PT0S")]
    [TestCase("soon")]
    public void The_desks_own_term_is_checked_at_start(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tickets:CloseAfter"] = value }).Build();
        Assert.That(() => DeskSettings.Read(configuration), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("Tickets:CloseAfter").And.Message.Contains(value));
    }
}
