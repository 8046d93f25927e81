using System.Text.Json.Nodes;
using HelpDesk.Reports;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Npgsql;

namespace HelpDesk.Tests.Reports;

/// <summary>What the roll-up says is what the ledger says, whatever happened on the way.</summary>
internal sealed class RollUpTests : DeskFixture
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    private const string Terms =
        """
        { "first_response": { "target": "PT4H", "hours": "around_the_clock", "maxRenewals": 1 }, "next_response": { "target": "PT6H", "maxRenewals": 0 },
          "update": { "target": "PT8H" }, "resolution": { "target": "PT16H", "cushion": "PT2H" } }
        """;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Desk:TimeZone", "Europe/Helsinki")];

    /// <summary>Clocks go forward in Helsinki on 29 March 2026.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task After_a_varied_history_every_figure_equals_the_ledger_s(int seed)
    {
        await Now("2026-03-27T08:00:00Z");
        await History(new Random(seed), 60);
        await MustEqualTheLedger();
        await Database.Execute("delete from performance_progress");
        await RollUp();
        await MustEqualTheLedger();
    }

    private async Task History(Random random, int steps)
    {
        await Policy(Terms, "\"when\": { \"queue\": [\"billing\"] }");
        await Policy(Terms.Replace("PT16H", "PT40H"));
        var tickets = new List<JsonNode>();
        for (var step = 0; step < steps; step++)
        {
            if (tickets.Count < 4 || random.Next(4) == 0)
            {
                tickets.Add(await Open($"\"queue\": \"{Pick(random, "billing", "sales")}\", \"channel\": \"{Pick(random, "web", "email")}\", \"priority\": \"{Pick(random, "low", "urgent")}\"",
                    $$"""{ "email": "c{{random.Next(8)}}@example.org" }"""));
            }

            var ticket = tickets[random.Next(tickets.Count)];
            // What a rule refuses is a part of the history too.
            await (random.Next(10) switch
            {
                0 => Say(ticket, "customer"),
                1 or 2 => Say(ticket, "agent"),
                3 => Patch(ticket, """{ "status": "resolved" }"""),
                4 => Patch(ticket, $$"""{ "status": "{{Pick(random, "waiting_on_customer", "on_hold", "open")}}" }"""),
                5 => Patch(ticket, $$"""{ "queue": "{{Pick(random, "billing", "sales")}}" }"""),
                6 => Patch(ticket, $$"""{ "priority": "{{Pick(random, "low", "normal", "high", "urgent")}}" }"""),
                7 => Post(ticket, "/merge", $$"""{ "into": {{tickets[random.Next(tickets.Count)]["id"]}} }"""),
                8 => Post(ticket, "/promises", $$"""{ "words": "I will call you", "promisedAt": "{{InstantPattern.General.Format(await Time() + Duration.FromHours(1 + random.Next(30)))}}" }"""),
                _ => Desk.Admin.DeleteAsync($"/v1/customers/{ticket["requesterId"]}"),
            });
            if (random.Next(2) == 0) await RollUp();
            await Advance($"PT{random.Next(1, 300)}M");
        }
    }

    private static string Pick(Random random, params string[] words) => words[random.Next(words.Length)];

    [Test]
    public async Task What_is_found_out_later_moves_the_figures()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "lead": "PT1H", "maxRenewals": 0 } }""");
        var ticket = await Open("\"queue\": \"billing\"");
        // The follow-up past the cap is queued and does not leave; then the promise lapses, and only afterwards the follow-up is taken back.
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        await Now("2026-03-02T12:00:01Z");
        await Sweep();
        await RollUp();
        Assert.That((int)(await Total())["promises"]!["silent"]!, Is.Zero);
        await Recall();
        await RollUp();
        Assert.That(((int)(await Total())["promises"]!["broken"]!, (int)(await Total())["promises"]!["silent"]!), Is.EqualTo((1, 1)));
        await Patch(ticket, """{ "queue": "sales", "priority": "urgent" }""").Json();
        await RollUp();
        Assert.That(await Groups("queue"), Is.EqualTo(new[] { "sales" }));
        Assert.That(await Groups("priority"), Is.EqualTo(new[] { "urgent" }));
        await MustEqualTheLedger();
    }

    [Test]
    public async Task A_broken_commitment_that_its_recovery_meets_is_judged_once_and_broken()
    {
        await Policy();
        var ticket = await Open();
        await Now("2026-03-02T13:00:00Z");
        await Sweep();
        await Said(ticket, "agent");
        await RollUp();
        var total = await Total();
        Assert.That(((int)total["promises"]!["kept"]!, (int)total["promises"]!["broken"]!), Is.EqualTo((1, 1)));
        Assert.That(((int)total["verdicts"]!, (int)total["commitments"]!["broken"]!, (decimal)total["keptPercent"]!), Is.EqualTo((1, 1, 0m)));
        await MustEqualTheLedger();
    }

    [Test]
    public async Task A_writer_that_commits_late_is_not_missed()
    {
        await Policy();
        await Open();
        await RollUp();
        // It takes its number and its events' sequence first, and commits after others that a run has counted.
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var late = await connection.BeginTransactionAsync();
        await using (var change = new NpgsqlCommand(
            """
            update promises set outcome = 'withdrawn', ended_at = made_at;
            insert into events (at, type, ticket_id, actor, data) select created_at, 'promise.withdrawn', id, 'test', '{}' from tickets
            """, connection))
        {
            await change.ExecuteNonQueryAsync();
        }

        for (var more = 0; more < 3; more++)
        {
            await Open(requester: $$"""{ "email": "other{{more}}@example.org" }""");
            await RollUp();
        }

        Assert.That((int)(await Total())["promises"]!["withdrawn"]!, Is.Zero);
        await late.CommitAsync();
        await RollUp();
        Assert.That((int)(await Total())["promises"]!["withdrawn"]!, Is.EqualTo(1));
        await MustEqualTheLedger();
    }

    [Test]
    public async Task Nor_is_one_that_began_after_all_that_are_over()
    {
        await Policy();
        await Open();
        await RollUp();
        // The highest transaction that is over is older than the one that commits late, though its events have higher sequences.
        await using var elder = await Database.DataSource.OpenConnectionAsync();
        await using var over = await elder.BeginTransactionAsync();
        await Do(elder, "select pg_current_xact_id()");
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var late = await connection.BeginTransactionAsync();
        await Do(connection, "update promises set outcome = 'withdrawn', ended_at = made_at");
        await Do(connection, "insert into events (at, type, ticket_id, actor, data) select created_at, 'promise.withdrawn', id, 'test', '{}' from tickets");
        await Do(elder, "insert into events (at, type, ticket_id, actor, data) select now(), 'link.created', -1, 'test', '{}' from generate_series(1, 2000)");
        await over.CommitAsync();
        for (var runs = 0; runs < 4; runs++) await RollUp();
        await late.CommitAsync();
        await RollUp();
        Assert.That((int)(await Total())["promises"]!["withdrawn"]!, Is.EqualTo(1));
        await MustEqualTheLedger();

        static async Task Do(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Test]
    public async Task A_run_that_is_killed_half_way_counts_nothing_and_the_next_counts_all_once()
    {
        await Policy();
        await Said(await Open(), "agent");
        await RollUp();
        await Said(await Open(), "agent");
        // Fails in the last statement but one, after facts and days were written.
        await Database.Execute(
            """
            create function stumble() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
            create trigger stumbles before update on performance_progress for each row execute function stumble()
            """);
        Assert.CatchAsync(() => Desk.Services.GetRequiredService<RollUp>().RunOnce(default));
        Assert.That((int)(await Total())["promises"]!["kept"]!, Is.EqualTo(1));
        await Database.Execute("drop function stumble cascade");
        await RollUp();
        await MustEqualTheLedger();
        Assert.That((int)(await Total())["promises"]!["kept"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_servers_that_run_at_once_one_counts()
    {
        await Policy();
        for (var ticket = 0; ticket < 5; ticket++) await Said(await Open(), "agent");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Desk.Services.GetRequiredService<RollUp>().RunOnce(default)));
        await RollUp();
        await MustEqualTheLedger();
    }

    [Test]
    public async Task In_another_zone_days_are_counted_anew()
    {
        await Policy();
        await Now("2026-03-02T23:00:00Z");
        await Open();
        await RollUp();
        Assert.That(await Database.Ask<DateOnly>("select min(day) from performance_days"), Is.EqualTo(new DateOnly(2026, 3, 3)));
        using var other = StartAnother(("Desk:TimeZone", "UTC"));
        await other.Services.GetRequiredService<RollUp>().RunOnce(default);
        Assert.That(await Database.Ask<DateOnly>("select min(day) from performance_days"), Is.EqualTo(new DateOnly(2026, 3, 2)));
    }

    [Test]
    public async Task A_database_restored_where_transactions_have_lower_numbers_is_counted_anew()
    {
        await Policy();
        await Open();
        await RollUp();
        await Database.Execute("update performance_progress set seen = '9000000000:9000000000:', read_to = 0");
        await Open();
        await RollUp();
        await MustEqualTheLedger();
    }

    [Test]
    public async Task A_run_with_nothing_to_do_writes_nothing()
    {
        await Policy();
        await Open();
        // It has come to the end once whoever wrote meanwhile is done, also in other databases of the server.
        do await RollUp();
        while (await Database.Ask<bool>("select read_to < (select max(sequence) from events) or read_to <> next_read_to from performance_progress"));
        var before = await Database.Ask<string>("select xmin::text || p::text from performance_progress p");
        await RollUp();
        Assert.That(await Database.Ask<string>("select xmin::text || p::text from performance_progress p"), Is.EqualTo(before));
    }

    [Test]
    public async Task An_advance_of_the_sandbox_leaves_the_figures_up_to_date()
    {
        await Policy();
        await Open();
        await Advance("P2D");
        Assert.That((int)(await Total())["promises"]!["made"]!, Is.GreaterThan(1));
        await MustEqualTheLedger();
    }

    private async Task MustEqualTheLedger()
    {
        var recount = await Recount.Of(Database, Zone);
        Assert.That(await Database.Ask<long>("select count(*) from commitments c where c.state = 'broken' and not exists (select from promises p where p.commitment_id = c.id and p.outcome = 'broken')"), Is.Zero);
        var today = (await Time()).InZone(Zone).Date;
        using (Assert.EnterMultipleScope())
        {
            foreach (var (from, to) in new[] { (today.PlusDays(-60), today.PlusDays(1)), (today.PlusDays(-3), today.PlusDays(-1)), (today.PlusDays(-1), today), (today, today.PlusDays(1)) })
            {
                foreach (var by in Enum.GetValues<Grouping>())
                {
                    var answer = await Performance($"from={LocalDatePattern.Iso.Format(from)}&to={LocalDatePattern.Iso.Format(to)}&by={Words<Grouping>.Of(by)}");
                    Assert.That(Recount.Line(answer["total"]!), Is.EqualTo(recount.Line(from, to, by, null)), $"total {from} {to}");
                    var groups = answer["groups"]!.AsArray().ToDictionary(group => (by == Grouping.Policy ? (string?)group!["policyId"] : (string?)group!["name"]) ?? "", group => Recount.Line(group!["figures"]!));
                    foreach (var name in recount.Names(by))
                    {
                        var line = recount.Line(from, to, by, name);
                        if (groups.Remove(name, out var told)) Assert.That(told, Is.EqualTo(line), $"{by} {name} {from} {to}");
                        else Assert.That(line, Is.EqualTo("0 0 0 0 0 0 0 0 0 0 0 0 none none 0 none none"), $"{by} {name} is missing");
                    }

                    Assert.That(groups, Is.Empty);
                }
            }
        }
    }

    private Task<JsonNode> Performance(string query) => Desk.Admin.GetAsync($"/v1/commitments/performance?{query}").Json();

    private async Task<JsonNode> Total() => (await Performance(""))["total"]!;

    private async Task<string?[]> Groups(string by) => [.. (await Performance($"by={by}"))["groups"]!.AsArray().Select(group => (string?)group!["name"])];

    private Task<int> RollUp() => Desk.Services.GetRequiredService<RollUp>().RunOnce(default);

    private async Task<Instant> Time() => await Desk.Services.GetRequiredService<HelpDesk.Time.DeskClock>().Now(default);
}
