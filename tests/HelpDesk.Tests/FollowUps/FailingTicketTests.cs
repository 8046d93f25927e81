using System.Text.Json.Nodes;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.FollowUps;

/// <summary>One ticket that the desk cannot do anything about holds up no other.</summary>
internal sealed class FailingTicketTests : DeskFixture
{
    private const string Resolution4H = """{ "resolution": { "target": "PT4H", "hours": "around_the_clock" } }""";

    private static readonly Instant Eleven = Instant.FromUtc(2026, 3, 2, 11, 0);
    private readonly LogLines log = new();

    [SetUp]
    public void Forget() => log.Clear();

    [TearDown]
    public Task Mend() => Database.Execute("drop trigger if exists poisoned on tickets; drop trigger if exists poisoned on commitments; drop function if exists poison");

    /// <summary>Whatever writes its row fails.</summary>
    private Task Poison(JsonNode ticket, string table, string id) => Database.Execute(
        $"""
        create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
        create trigger poisoned before update on {table} for each row when (new.{id} = {ticket["id"]}) execute function poison()
        """);

    private async Task<IReadOnlyList<JsonNode>> Tickets()
    {
        await Policy(Resolution4H, """ "closeAfter": "P2D" """);
        var tickets = new List<JsonNode>();
        for (var number = 0; number < 7; number++) tickets.Add(await Open());
        return tickets;
    }

    private TestDesk Start() => TestDesk.Start(
        [("Sandbox:Clock", "true"), ("Mail:Folder", Folder)], services: services => services.AddLogging(logging => logging.AddProvider(log)), database: Database);

    /// <summary>At most so often: what fails must not come round for ever.</summary>
    private static async Task RunOut(Func<Task<int>> run)
    {
        for (var round = 0; await run() > 0; round++) Assert.That(round, Is.LessThan(10));
    }

    private IEnumerable<string> Faults => log.Errors.Select(line => line.Text);

    [Test]
    public async Task The_others_are_followed_up_and_it_is_tried_again()
    {
        var tickets = await Tickets();
        await Poison(tickets[2], "commitments", "ticket_id");
        using var desk = Start();
        var sweep = desk.Services.GetRequiredService<SweepDue>();
        await Now("2026-03-02T11:00:00Z");
        await RunOut(() => sweep.RunOnce(Eleven, default));
        foreach (var ticket in tickets) Assert.That(await Outgoing(ticket), ticket == tickets[2] ? Has.None.StartsWith("follow_up") : Has.One.EqualTo("follow_up queued"));
        Assert.That(Faults, Is.EqualTo(new[] { $"follow_up fails with ticket {tickets[2]["id"]}, leaves it out and tries again in ten minutes" }));
        Assert.That(await sweep.NextDue(Eleven, default), Is.GreaterThan(Eleven), "nobody waits for it");
        await Mend();
        Assert.That(await sweep.RunOnce(Eleven + Duration.FromMinutes(9), default), Is.Zero);
        await sweep.RunOnce(Eleven + Duration.FromMinutes(10), default);
        Assert.That(await Outgoing(tickets[2]), Has.One.EqualTo("follow_up queued"));
    }

    [Test]
    public async Task What_was_not_sent_to_the_others_is_taken_back()
    {
        var tickets = await Tickets();
        await Now("2026-03-02T11:00:00Z");
        await RunOut(Sweep);
        await Poison(tickets[6], "commitments", "ticket_id");
        using var desk = Start();
        var recall = desk.Services.GetRequiredService<RecallUnsent>();
        await Now("2026-03-02T12:30:00Z");
        var late = Eleven + Duration.FromMinutes(90);
        await RunOut(() => recall.RunOnce(late, default));
        foreach (var ticket in tickets) Assert.That(await Outgoing(ticket), Has.One.EqualTo(ticket == tickets[6] ? "follow_up queued" : "follow_up withdrawn"));
        Assert.That(Faults, Is.EqualTo(new[] { $"recall_unsent fails with ticket {tickets[6]["id"]}, leaves it out and tries again in ten minutes" }));
        Assert.That(await recall.NextDue(late, default), Is.Null.Or.GreaterThan(late));
    }

    [Test]
    public async Task The_others_are_closed()
    {
        var tickets = await Tickets();
        foreach (var ticket in tickets) await Patch(ticket, """{ "status": "resolved" }""").Json();
        await Poison(tickets[0], "tickets", "id");
        using var desk = Start();
        var close = desk.Services.GetRequiredService<CloseResolved>();
        var due = Instant.FromUtc(2026, 3, 4, 8, 0);
        await RunOut(() => close.RunOnce(due, default));
        foreach (var ticket in tickets) Assert.That((string?)(await Read(ticket))["status"], Is.EqualTo(ticket == tickets[0] ? "resolved" : "closed"));
        Assert.That(Faults, Is.EqualTo(new[] { $"close_resolved fails with ticket {tickets[0]["id"]}, leaves it out and tries again in ten minutes" }));
        Assert.That(await close.NextDue(due, default), Is.Null);
    }
}
