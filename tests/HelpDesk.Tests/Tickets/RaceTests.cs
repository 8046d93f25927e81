using System.Net;
using HelpDesk.FollowUps;
using HelpDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Tickets;

/// <summary>Merges, bulk changes, replies and sweeps at once, on two servers and one PostgreSQL. A barrier lets them go together.</summary>
internal sealed class RaceTests : DeskFixture
{
    private const string Three =
        """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock" }, "next_response": { "target": "PT4H", "hours": "around_the_clock" },
          "resolution": { "target": "PT8H", "hours": "around_the_clock" } }
        """;

    private Instant clock = Instant.FromUtc(2026, 3, 2, 8, 0);

    private TestDesk other = null!;

    [OneTimeSetUp]
    public void Start_another_server() => other = StartAnother();

    [OneTimeTearDown]
    public void Stop_the_other_server() => other.Dispose();

    private static async Task AllAtOnce(params Func<Task>[] acts)
    {
        using var start = new Barrier(acts.Length);
        await Task.WhenAll(acts.Select(act => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return act();
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    private HttpClient Server(int number) => number % 2 == 0 ? Desk.Admin : other.Admin;

    private async Task<IReadOnlyList<long>> OpenMany(int count)
    {
        var ids = new List<long>();
        foreach (var some in Enumerable.Range(0, count).Chunk(1 + (count / 4)))
        {
            await Now($"{clock = clock.Plus(Duration.FromMinutes(1))}");
            ids.AddRange((await Task.WhenAll(some.Select(number =>
                Open(requester: $$"""{ "email": "c{{number % 3}}@example.org" }""")))).Select(ticket => (long)ticket["id"]!));
        }

        return ids;
    }

    private Task<HttpResponseMessage> Merge(int server, long from, long into) => Server(server).Post($"/v1/tickets/{from}/merge", $$"""{ "into": {{into}} }""");

    /// <summary>What holds after any merges, whatever came first.</summary>
    private async Task NothingIsLost(IReadOnlyList<string> commitmentsBefore, IReadOnlyList<string> promisesBefore, long messages)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Column("select id::text from commitments"), Is.SupersetOf(commitmentsBefore), "a commitment is gone");
            Assert.That(await Column("select id::text from promises"), Is.SupersetOf(promisesBefore), "a promise is gone");
            Assert.That(await Database.Ask<long>("select count(*) from messages"), Is.EqualTo(messages));
            Assert.That(await Database.Ask<long>("select count(*) from commitments c join promises p on p.commitment_id = c.id where p.ticket_id <> c.ticket_id"), Is.Zero, "a promise has lost its commitment's ticket");
            Assert.That(await Column("select c.id::text from commitments c join tickets t on t.id = c.ticket_id where c.ended_at is null and t.status = 'closed'"), Is.Empty, "owed on a ticket that is over");
            Assert.That(await Column("select c.id::text from commitments c where c.ended_at is null and c.state = 'running' and not exists (select from promises p where p.commitment_id = c.id and p.outcome = 'open')"), Is.Empty, "owed without a promise");
            Assert.That(await Column("select id::text from commitments where state = 'cancelled' and reason is distinct from 'merged'"), Is.Empty, "given up for another reason");
            Assert.That(await Column("select t.id::text from tickets t join tickets into_ on into_.id = t.merged_into_id where into_.merged_into_id is not null"), Is.Empty, "merged into one that is merged");
            Assert.That(await Column("select m.id::text from messages m join tickets t on t.id = m.ticket_id where t.merged_into_id is not null"), Is.Empty, "a message was left behind");
            // Of each kind the earliest date anybody was told stands where the tickets went.
            Assert.That(
                await Column(
                    """
                    with went as (select c.kind, c.ended_at, c.reason, p.promised_at, coalesce(t.merged_into_id, t.id) as ticket
                        from commitments c join promises p on p.commitment_id = c.id and p.number = 1 join tickets t on t.id = c.ticket_id)
                    select ticket || ' ' || kind from went group by ticket, kind
                    having count(*) filter (where ended_at is null) <> 1 or min(promised_at) < min(promised_at) filter (where ended_at is null)
                    """),
                Is.Empty, "a kind is not owed exactly once, by its earliest promise");
        }
    }

    private async Task<IReadOnlyList<string>> Column(string sql) => (await Database.Ask<string[]>($"select coalesce(array_agg(x.*::text), '{{}}') from ({sql}) x"))!;

    [Test]
    public async Task Two_merges_that_cross_leave_one_ticket_and_every_promise()
    {
        clock = Instant.FromUtc(2026, 3, 2, 8, 0);
        await Policy(Three);
        for (var round = 0; round < 40; round++)
        {
            var pair = await OpenMany(2);
            var (commitments, promises) = (await Column("select id from commitments"), await Column("select id from promises"));
            var answers = new HttpResponseMessage[2];
            await AllAtOnce(
                async () => answers[0] = await Merge(0, pair[0], pair[1]),
                async () => answers[1] = await Merge(1, pair[1], pair[0]));
            Assert.That(answers.Select(answer => answer.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
            await NothingIsLost(commitments, promises, 2 * (round + 1));
        }
    }

    [Test]
    public async Task Many_merges_bulks_replies_and_links_at_once_neither_deadlock_nor_lose_a_promise()
    {
        clock = Instant.FromUtc(2026, 3, 2, 8, 0);
        await Policy(Three);
        var random = new Random(20260302);
        for (var round = 0; round < 5; round++)
        {
            var ids = await OpenMany(12);
            var (commitments, promises) = (await Column("select id from commitments"), await Column("select id from promises"));
            var messages = await Database.Ask<long>("select count(*) from messages");
            var answers = new System.Collections.Concurrent.ConcurrentBag<HttpResponseMessage>();
            var acts = new List<Func<Task>>();
            for (var number = 0; number < 14; number++)
            {
                var (server, from, into) = (number, ids[random.Next(12)], ids[random.Next(12)]);
                acts.Add(async () => answers.Add(await Merge(server, from, into)));
            }

            for (var number = 0; number < 4; number++)
            {
                var (server, shuffled) = (number, string.Join(',', ids.OrderBy(_ => random.Next())));
                acts.Add(async () => answers.Add(await Server(server).Post("/v1/tickets/bulk", $$"""{ "ids": [{{shuffled}}], "patch": { "queue": "q{{server}}", "priority": "high" } }""")));
            }

            for (var number = 0; number < 4; number++)
            {
                var (server, one, two) = (number, ids[random.Next(12)], ids[random.Next(12)]);
                acts.Add(async () => answers.Add(await Server(server).Post($"/v1/tickets/{one}/messages", """{ "author": "customer", "body": "And?" }""")));
                acts.Add(async () => answers.Add(await Server(server).Post($"/v1/tickets/{one}/links", $$"""{ "type": "relates", "ticketId": {{two}} }""")));
            }

            await AllAtOnce([.. acts]);
            Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.All.LessThan(500));
            Assert.That(answers.Count(answer => answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/merge", StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.OK), Is.GreaterThan(0));
            foreach (var bulk in answers.Where(answer => answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/bulk", StringComparison.Ordinal)))
            {
                Assert.That((await bulk.Json())["items"]!.AsArray().Select(item => (int)item!["status"]!), Is.All.EqualTo(200));
            }

            await NothingIsLost(commitments, promises, messages + 4);
        }
    }

    [Test]
    public async Task A_merge_at_the_very_moment_of_the_sweep_tells_each_customer_one_truth()
    {
        await Policy(Answer4H);
        for (var round = 0; round < 30; round++)
        {
            await Database.Execute("update commitments set wake_at = null");
            clock = Instant.FromUtc(2026, 3, 2, 8, 0).Plus(Duration.FromDays(round));
            // The merged one is promised earlier by a minute: its commitment goes over.
            var pair = await OpenMany(2);
            var due = clock.Plus(Duration.FromHours(3));
            await Now($"{due}");
            HttpResponseMessage? merged = null;
            await AllAtOnce(
                async () => merged = await Merge(0, pair[0], pair[1]),
                () => SweepOut(Desk, due),
                () => SweepOut(other, due));
            await SweepOut(Desk, due);
            var survivor = await merged!.Json();
            var open = await Column($"select p.number from promises p join commitments c on c.id = p.commitment_id where p.outcome = 'open' and c.ticket_id = {survivor["id"]}");
            Assert.That(open, Is.EqualTo(new[] { "(2)" }), "followed up once, before or after");
            Assert.That(
                await Column(
                    $"""
                    select f.promise_id from follow_ups f join promises p on p.id = f.new_promise_id join commitments c on c.id = p.commitment_id join deliveries d on d.id = f.delivery_id
                    where p.outcome = 'open' and (d.state <> 'queued' or d.ticket_id <> c.ticket_id or f.ticket_id <> c.ticket_id) and c.ticket_id = {survivor["id"]}
                    """),
                Is.Empty, "what stands is being told, on the ticket that goes on");
            Assert.That(
                await Column(
                    $"""
                    select f.promise_id from follow_ups f join promises p on p.id = f.new_promise_id join deliveries d on d.id = f.delivery_id
                    where p.outcome = 'withdrawn' and d.state <> 'withdrawn' and p.ticket_id in ({pair[0]}, {pair[1]})
                    """),
                Is.Empty, "what was given up is not told any more");
        }
    }

    private static async Task SweepOut(TestDesk desk, Instant due)
    {
        while (await desk.Services.GetRequiredService<SweepDue>().RunOnce(due, default) > 0)
        {
        }
    }

    [Test]
    public async Task Of_two_agents_who_patch_with_the_same_tag_one_wins_and_one_is_told()
    {
        for (var round = 0; round < 40; round++)
        {
            var ticket = await Open();
            var answers = new HttpResponseMessage[2];
            await AllAtOnce([.. Enumerable.Range(0, 2).Select(number => (Func<Task>)(async () => answers[number] = await Server(number).Send(
                HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", $$"""{ "queue": "q{{number}}" }""", "application/merge-patch+json", ("If-Match", "\"1\""))))]);
            Assert.That(answers.Select(answer => answer.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed }));
            var winner = Array.FindIndex(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.That((string?)(await Read(ticket))["queue"], Is.EqualTo($"q{winner}"));
        }
    }
}
