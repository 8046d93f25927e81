using System.Text.Json.Nodes;
using HelpDesk.Delivery;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.FollowUps;

/// <summary>Servers and people at once, on one PostgreSQL.</summary>
internal sealed class RaceTests : DeskFixture
{
    private static readonly Instant Due = Instant.FromUtc(2026, 3, 2, 11, 0);

    private TestDesk other = null!;

    [OneTimeSetUp]
    public void Start_another_server() => other = StartAnother();

    [OneTimeTearDown]
    public void Stop_the_other_server() => other.Dispose();

    private async Task<IReadOnlyList<JsonNode>> OpenMany(int count)
    {
        await Policy();
        var tickets = new List<JsonNode>();
        foreach (var some in Enumerable.Range(0, count).Chunk(8)) tickets.AddRange(await Task.WhenAll(some.Select(_ => Open())));
        while (await Deliver() > 0)
        {
        }

        await Now("2026-03-02T11:00:00Z");
        return tickets;
    }

    private static async Task SweepOut(TestDesk desk)
    {
        while (await desk.Services.GetRequiredService<SweepDue>().RunOnce(Due, default) > 0)
        {
        }
    }

    private static async Task DeliverOut(TestDesk desk)
    {
        while (await desk.Services.GetRequiredService<DeliverDue>().RunOnce(Due, default) > 0)
        {
        }
    }

    [Test]
    public async Task Two_servers_that_sweep_at_once_follow_up_each_promise_once()
    {
        var tickets = await OpenMany(600);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => SweepOut(number % 2 == 0 ? Desk : other))));
        await SweepOut(Desk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Database.Ask<long>("select count(*) from follow_ups"), Is.EqualTo(600));
            Assert.That(await Database.Ask<long>("select count(distinct ticket_id) from deliveries where kind = 'follow_up'"), Is.EqualTo(600));
            Assert.That(await Database.Ask<long>("select count(*) from deliveries where kind = 'follow_up'"), Is.EqualTo(600));
            Assert.That(await Database.Ask<long>("select count(*) from promises where outcome = 'renewed'"), Is.EqualTo(600));
            Assert.That(await Database.Ask<long>("select count(*) from promises where outcome = 'open'"), Is.EqualTo(600));
            Assert.That(await Database.Ask<long>("select count(*) from tickets where row_version <> 2"), Is.Zero, "whoever came second changed nothing");
        }

        await Task.WhenAll(Task.Run(() => DeliverOut(Desk)), Task.Run(() => DeliverOut(other)));
        var followUps = Mails().Where(mail => mail["Subject"].StartsWith("We need a little longer", StringComparison.Ordinal)).ToList();
        Assert.That(followUps, Has.Count.EqualTo(600));
        Assert.That(followUps.Select(mail => mail["Message-ID"]), Is.Unique);
        Assert.That((await Read(tickets[^1])).Last("first_response").Ledger(), Is.EqualTo("02 12:00 renewed, 02 14:00 open"));
    }

    [Test]
    public async Task A_reply_at_the_very_moment_of_its_sweep_is_either_first_or_after_one_follow_up()
    {
        var tickets = await OpenMany(150);
        // One at a time, together with its own sweep and hand-over: only this ticket is due.
        await Database.Execute("update commitments set wake_at = wake_at + interval '1 hour'");
        foreach (var ticket in tickets)
        {
            await Database.Execute("update commitments set wake_at = wake_at - interval '1 hour' where ticket_id = $1", (long)ticket["id"]!);
            using var start = new Barrier(3);
            await Task.WhenAll(
                AtOnce(start, () => Said(ticket, "agent")),
                AtOnce(start, () => SweepOut(Desk)),
                AtOnce(start, async () =>
                {
                    await SweepOut(other);
                    await DeliverOut(other);
                }));
        }

        await AllHold(tickets);
    }

    private static Task AtOnce(Barrier start, Func<Task> act) => Task.Factory.StartNew(
        () =>
        {
            start.SignalAndWait();
            return act();
        },
        default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Afterwards, with all that is left played out.</summary>
    private async Task AllHold(IReadOnlyList<JsonNode> tickets)
    {
        await DeliverOut(Desk);
        await Advance("P1D");
        var endings = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var ticket in tickets)
        {
            var read = await Get(ticket);
            var answer = (await read.Json()).Last("first_response");
            var followUp = string.Join(',', (await Outgoing(ticket)).Where(item => item.StartsWith("follow_up", StringComparison.Ordinal)));
            var ending = $"{answer["state"]}: {answer.Ledger()}; {followUp}; version {read.Headers.ETag}";
            endings[ending] = endings.GetValueOrDefault(ending) + 1;
        }

        await TestContext.Out.WriteLineAsync(string.Join('\n', endings.Select(pair => $"{pair.Value} x {pair.Key}")));
        Assert.That(endings.Keys, Is.SubsetOf(new[]
        {
            "kept: 02 12:00 kept; ; version \"2\"",
            "kept: 02 12:00 kept, 02 14:00 withdrawn; follow_up withdrawn; version \"3\"",
            "kept: 02 12:00 renewed, 02 14:00 kept; follow_up sent; version \"3\"",
        }));
    }
}
