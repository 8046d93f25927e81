using System.Net;
using HelpDesk.Tests.Database.Expanding;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Database.Later;

/// <summary>During a rolling upgrade servers of this version serve on the schema of the next one: they promise, tell, sweep and deliver there as they did before.</summary>
internal sealed class ServingBesideTests : DeskFixture
{
    [Test]
    public async Task A_desk_goes_on_as_before_while_the_next_version_migrates_and_after_it()
    {
        var before = await Day();
        await Empty_the_desk();
        var ticket = await Open();
        await LaterVersion.Migrate(Database);
        Assert.That((string?)(await Said(ticket, "agent", """ "visibility": "public" """))["body"], Is.EqualTo("Words."));
        await Empty_the_desk();
        Assert.That(await Day(), Is.EqualTo(before));

        await LaterVersion.Widen(Database);
        await Empty_the_desk();
        Assert.That(await Day(), Is.EqualTo(before));
        Assert.That(before, Has.Some.Contains("follow_up").And.Some.Contains("recovery").And.Some.EndsWith("sent"));
        Assert.That((string?)(await Desk.Anonymous.GetAsync("/health/ready").Json())["status"], Is.EqualTo("ready"));

        using var another = StartAnother(("Database:Migrate", "Elsewhere"));
        Assert.That((string?)(await another.Anonymous.GetAsync("/health/ready").Json())["status"], Is.EqualTo("ready"));
    }

    /// <summary>The samples are what a version may bring, else they would prove nothing.</summary>
    [TestCase("9001_rooms")]
    [TestCase("9002_rooms_found")]
    public void The_next_version_only_expands(string migration) => Assert.That(
        ExpandingRule.Faults(migration, File.ReadAllText(Repository.File("tests", "HelpDesk.Tests", "Database", "Later", $"{migration}.sql")), "0034_signing_keys"), Is.Empty);

    /// <summary>What happens on a desk's day, with nothing in it that differs from day to day.</summary>
    private async Task<IReadOnlyList<string>> Day()
    {
        await Policy();
        var (waits, answered) = (await Open(), await Open(""" "priority": "urgent" """));
        await Said(answered, "agent", """ "visibility": "public" """);
        await Said(waits, "customer");
        await Patch(waits, """{ "queue": "printers", "tags": ["vip"] }""").Json();
        var happened = (await Advance("P2D")).ToList();
        await Post(answered, "/messages", """{ "author": "customer", "body": "It burns again." }""").Json(HttpStatusCode.Created);
        await Patch(answered, """{ "status": "resolved" }""").Json();
        await Deliver();
        happened.AddRange(await Outgoing(waits));
        happened.AddRange(await Outgoing(answered));
        foreach (var path in new[] { "/v1/tickets?queue=printers", "/v1/tickets?q=burns", "/v1/customers", "/v1/deliveries", "/v1/audit", "/v1/events", "/v1/commitments/performance", "/v1/policies" })
        {
            var answer = await Desk.Admin.GetAsync(path).Json();
            happened.Add($"{path} {answer["items"]?.AsArray().Count}");
        }

        happened.Add($"{(await Read(waits))["status"]} {(await Read(waits, "/timeline"))["items"]!.AsArray().Count} {(await Read(answered))["status"]}");
        return happened;
    }
}
