using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Dossiers;

/// <summary>Where tickets of two customers were merged, and one of the two is erased.</summary>
internal sealed class EraseSharedTests : DeskFixture
{
    private const string Zed = """{ "email": "zed@example.org", "name": "Zed", "timeZone": "Antarctica/Troll" }""";
    private const string Bill = """{ "email": "bill@example.org", "name": "Bill" }""";

    private Task<JsonNode> Merge(JsonNode from, JsonNode into) => Post(from, "/merge", $$"""{ "into": {{into["id"]}} }""").Json();

    private Task Erase(JsonNode ticket) => Desk.Admin.Delete($"/v1/customers/{ticket["requesterId"]}").Gone();

    private async Task<string> Upload(JsonNode ticket) => (string)(await Desk.Admin
        .Send(HttpMethod.Post, $"/v1/tickets/{ticket["id"]}/attachments", Uploads.OneFile, "multipart/form-data; boundary=part").Json(HttpStatusCode.Created))["items"]![0]!["id"]!;

    private async Task<IReadOnlyList<string>> Words(JsonNode ticket) => [.. (await Read(ticket, "/messages"))["items"]!.AsArray().Select(item => (string)item!["body"]!)];

    /// <summary>"recipient kind state" of all that was written to anybody, oldest first.</summary>
    private async Task<IReadOnlyList<string>> Mail() => [.. (await Database.Ask<string[]>("select array_agg(recipient || ' ' || kind || ' ' || state order by sequence) from deliveries"))!];

    [Test]
    public async Task Another_keeps_his_words_his_files_and_the_answers_that_wait_for_him()
    {
        var (his, hers) = (await Open(requester: Bill), await Open(requester: Zed));
        var file = await Upload(his);
        await Said(his, "customer", $$""" "attachments": ["{{file}}"], "authorId": "bill" """, "Before.");
        await Said(his, "agent", """ "visibility": "internal" """, body: "Of his alone.");
        await Merge(his, hers);
        await Said(his, "customer", $$""" "attachments": ["{{await Upload(his)}}"] """, "After.");
        await Said(hers, "customer", $$""" "attachments": ["{{await Upload(hers)}}"] """, body: "Of hers.");
        await Said(hers, "agent", body: "To both.");
        await Erase(hers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Words(hers), Is.EqualTo(new[] { "It burns.", "(erased)", "Before.", "Of his alone.", "After.", "(erased)", "(erased)" }));
            Assert.That((string?)(await Read(hers, "/messages"))["items"]![2]!["authorId"], Is.EqualTo("bill"));
            Assert.That((await Desk.Admin.GetAsync($"/v1/tickets/{hers["id"]}/attachments/{file}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await Database.Ask<long>("select count(*) from attachments"), Is.EqualTo(2));
            Assert.That(await Mail(), Is.EqualTo(new[]
            {
                "bill@example.org acknowledgement queued", "(erased) acknowledgement withdrawn", "bill@example.org merged queued", "(erased) reply withdrawn", "bill@example.org reply queued",
            }));
            Assert.That(await Database.Ask<string>("select text_body from deliveries order by sequence desc limit 1"), Does.Contain("To both."));
            Assert.That(await Database.Ask<long>("select count(*) from events where type = 'message.created' and data ->> 'authorId' = 'bill'"), Is.EqualTo(1));
        }

        while (await Deliver() > 0) { }
        Assert.That(Mails().Select(mail => mail["To"]), Is.All.Contains("bill@example.org").And.Exactly(3).Items);
        Assert.That((await Desk.Admin.GetAsync($"/v1/customers/{his["requesterId"]}/export").Json())["deliveries"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_both_were_promised_stands_without_her_zone()
    {
        await Policy("""{ "first_response": { "target": "PT4H" }, "next_response": { "target": "PT4H" }, "resolution": { "target": "PT40H", "hours": "around_the_clock" } }""");
        var (his, hers) = (await Open(requester: Bill), await Open(requester: Zed));
        async Task Promise(JsonNode ticket, string words, string at) =>
            await Post(ticket, "/promises", $$"""{ "words": "{{words}}", "promisedAt": "{{at}}" }""").Json(HttpStatusCode.Created);
        await Promise(his, "Words to him.", "2026-03-04T08:00:00Z");
        await Promise(hers, "Words to her.", "2026-03-04T09:00:00Z");
        await Now("2026-03-02T08:30:00Z");
        await Merge(his, hers);
        await Now("2026-03-02T09:00:00Z");
        await Said(hers, "agent");
        await Said(hers, "customer");
        await Promise(hers, "Words to both.", "2026-03-05T08:00:00Z");
        Assert.That(await Words(), Does.Contain("We will answer you by Monday, 2 March 2026 at 13:00 (Antarctica/Troll).").And.Contain("Words to her."));
        await Erase(hers);
        Assert.That(await Words(), Does.Contain("Words to him.").And.Contain("Words to both.").And.Contain("We will answer you by Monday, 2 March 2026 at 13:00 (UTC).").And.Contain("(erased)")
            .And.None.Contains("Antarctica").And.None.Contains("to her"));
        Assert.That(
            await Database.Ask<string[]>("select array_agg(words order by started_at, words) from commitments where words is not null"),
            Is.EquivalentTo(new[] { "Words to him.", "(erased)", "Words to both." }));
    }

    private async Task<IReadOnlyList<string>> Words() => [.. (await Database.Ask<string[]>("select array_agg(words) from promises"))!];

    [Test]
    public async Task A_follow_up_that_waits_for_both_still_leaves_for_the_other()
    {
        await Policy();
        var (his, hers) = (await Open(requester: Bill), await Open(requester: Zed));
        await Merge(his, hers);
        await Deliver();
        await Now("2026-03-02T11:00:00Z");
        await Sweep();
        Assert.That(await Mail(), Has.Member("zed@example.org follow_up queued").And.Member("bill@example.org follow_up queued"));
        await Erase(hers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Mail(), Has.Member("(erased) follow_up withdrawn").And.Member("bill@example.org follow_up queued"));
            Assert.That((await Read(hers)).Last("first_response").Ledger(), Does.Contain("renewed").And.EndsWith("open"), "he is told of it");
            Assert.That(await Database.Ask<string>("select d.recipient from follow_ups f join deliveries d on d.id = f.delivery_id where d.copy_of is null"), Is.EqualTo("bill@example.org"));
        }

        // Not handed over in time: it is taken back as if it had been his alone.
        await Now("2026-03-02T16:00:00Z");
        await Recall();
        Assert.That(await Mail(), Has.Member("bill@example.org follow_up withdrawn"));
        Assert.That((await Read(hers)).Last("first_response").Ledger(), Does.Contain("broken"));
    }

    [Test]
    public async Task A_customer_who_watched_keeps_what_he_wrote()
    {
        await Customer(Bill);
        var hers = await Open(""" "watchers": ["bill@example.org"] """, Zed);
        await Said(hers, "customer", $$""" "authorId": "bill@example.org", "attachments": ["{{await Upload(hers)}}"] """, "He also sees it.");
        await Said(hers, "customer", """ "authorId": "friend" """, "Hers by another.");
        await Said(hers, "agent", body: "To her and whoever watches.");
        await Erase(hers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Words(hers), Is.EqualTo(new[] { "(erased)", "He also sees it.", "(erased)", "(erased)" }));
            Assert.That(await Database.Ask<long>("select count(*) from attachments"), Is.EqualTo(1));
            Assert.That(await Database.Ask<long>("select count(*) from deliveries where state = 'queued'"), Is.Zero, "a copy tells of her");
            Assert.That(await Database.Ask<long>("select count(*) from events where data ->> 'authorId' = 'bill@example.org'"), Is.EqualTo(1));
        }
    }
}
