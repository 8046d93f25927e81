using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>What goes out comes in again, and goes out as it was.</summary>
internal sealed class ExportTests : ImportFixture
{
    private const string Exports = "/v1/exports";

    private Task<string> Export(string query = "") => Desk.Admin.GetStringAsync(Exports + query);

    /// <summary>A ticket of every kind of history that the desk makes itself.</summary>
    private async Task Live()
    {
        await Policy("""{ "first_response": { "target": "PT4H" }, "resolution": { "target": "P2D" } }""");
        var plain = await Open(""" "queue": "billing", "tags": ["a", "b"], "customFields": { "floor": 3, "x": { "y": [1.50] } }, "watchers": ["boss@example.org"] """);
        await Now("2026-03-02T10:00:00Z");
        await Patch(plain, """{ "assignee": "anna", "priority": "high", "queue": null, "tags": ["c"], "subject": "Now: ıİ “fire”" }""").Json();
        await Said(plain, "agent", """ "authorId": "anna", "status": "waiting_on_customer" """);
        await Now("2026-03-02T11:00:00Z");
        await Said(plain, "customer");
        await Said(plain, "agent", """ "visibility": "internal" """);
        await Said(plain, "agent", """ "status": "resolved" """);
        await Open(""" "externalSource": "crm", "externalRef": "7", "createdBy": "agent" """, """{ "name": "Grace" }""");
        var (from, into) = (await Open(), await Open());
        await Post(from, "/merge", $$"""{ "into": {{into["id"]}} }""").Json();
        var split = await Open();
        var message = await Said(split, "customer");
        await Post(split, "/split", $$"""{ "messageIds": ["{{message["id"]}}"] }""").Json(HttpStatusCode.Created);
        await Now("2026-03-02T12:00:00Z");
    }

    [Test]
    public async Task What_was_exported_is_imported_into_an_empty_desk_and_exported_again_the_same()
    {
        await Live();
        var first = await Export();
        var statuses = await Statuses();
        await Empty_the_desk();
        await Policy("""{ "first_response": { "target": "PT4H" }, "resolution": { "target": "P2D" } }""");
        await Now("2026-03-02T12:00:00Z");
        var job = await Done(Send(Desk.Admin, Encoding.UTF8.GetBytes(first)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(5));
            Assert.That(Counts(job), Is.EqualTo("done 5 0 0"), job.ToJsonString());
            Assert.That(await Export(), Is.EqualTo(first));
            Assert.That(await Statuses(), Is.EqualTo(statuses));
        }

        // What happens from now on is added to it.
        var ticket = await Ticket("7");
        await Patch(ticket, """{ "priority": "urgent" }""").Json();
        var line = JsonNode.Parse(await Export("?externalRef=7"))!;
        Assert.That(line["history"]!.AsArray()[^1]!.ToJsonString(), Is.EqualTo("""{"at":"2026-03-02T12:00:00Z","type":"change","changes":{"priority":"urgent"}}"""));
    }

    /// <summary>How tickets and their clocks stand, but for what was told.</summary>
    private Task<string?> Statuses() => Database.Ask<string>(
        """
        select string_agg(concat_ws(' ', t.status, t.priority, t.queue, t.assignee, t.tags, t.resolved_at, t.closed_at, x.owed), chr(10) order by t.id)
        from tickets t, lateral (select string_agg(concat_ws(' ', c.kind, c.cycle, c.state, c.started_at, c.due_at, c.fulfilled_at, c.used), ', ' order by c.kind, c.cycle) as owed
            from commitments c where c.ticket_id = t.id and c.state <> 'cancelled') x
        where t.merged_into_id is null
        """);

    [Test]
    public async Task A_line_that_was_imported_goes_out_as_it_came_in()
    {
        var history = $$"""[{{Said("2026-02-23T08:00:00Z", more: """, "automated": true""")}}, { "at": "2026-02-23T09:00:00Z", "type": "change", "changes": { "category": null, "assignee": "anna" } }, {{Set("2026-02-23T09:00:00Z", "on_hold")}}, {{Said("2026-02-23T09:00:00Z", "agent")}}]""";
        await Import(Line("1", history, """ "category": "x", "priority": "low" """));
        var line = JsonNode.Parse(await Export())!;
        Assert.That(JsonNode.DeepEquals(line["history"], JsonNode.Parse(history)), Is.True, line.ToJsonString());
        Assert.That(((string?)line["category"], (string?)line["priority"], (string?)line["status"], line["assignee"]), Is.EqualTo(("x", "low", "new", (JsonNode?)null)));
    }

    [Test]
    public async Task What_was_broken_off_goes_on_behind_its_last_line()
    {
        await Live();
        var whole = (await Export()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var cut = 0; cut < whole.Length; cut++)
        {
            var last = JsonNode.Parse(whole[cut])!;
            var rest = await Export($"?afterSource={last["externalSource"]}&afterRef={last["externalRef"]}");
            Assert.That(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(whole[(cut + 1)..]), $"{cut}");
        }

        await Desk.Admin.GetAsync($"{Exports}?afterRef=none").Problem(HttpStatusCode.BadRequest, "validation");
        await Desk.Admin.GetAsync($"{Exports}?afterSource=crm").Problem(HttpStatusCode.BadRequest, "validation");
        await Desk.Admin.GetAsync($"{Exports}?afterSource=helpdesk&afterRef=999999").Problem(HttpStatusCode.BadRequest, "validation");
    }

    [Test]
    public async Task It_has_the_tickets_that_pass_the_filters_and_comes_compressed_to_those_who_take_that()
    {
        await Live();
        Assert.That((await Export("?queue=none")), Is.Empty);
        Assert.That((await Export("?externalSource=crm")).Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        var answer = await Desk.Admin.Send(HttpMethod.Get, Exports, headers: ("Accept-Encoding", "gzip"));
        Assert.That((answer.Content.Headers.ContentEncoding.Single(), answer.Content.Headers.ContentType!.MediaType), Is.EqualTo(("gzip", Lines)));
        using var text = new StreamReader(new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(await Export()));
    }

    [Test]
    public async Task Many_tickets_are_exported_in_the_order_of_their_numbers_each_once()
    {
        await Import([.. Enumerable.Range(1, 450).Select(number => Line($"{number}", $"[{Said("2026-02-23T08:00:00Z")}]"))]);
        var lines = (await Export()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Select(line => (string?)JsonNode.Parse(line)!["externalRef"]), Is.EqualTo(Enumerable.Range(1, 450).Select(number => $"{number}")));
    }
}
