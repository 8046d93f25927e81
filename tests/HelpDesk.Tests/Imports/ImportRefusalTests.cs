using System.Net;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>What is wrong with a line is told by its number, its member and the rule; the others come in.</summary>
internal sealed class ImportRefusalTests : ImportFixture
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Imports:MaxBytes", "200000"), ("Imports:MaxLineBytes", "10000"), ("Imports:MostErrors", "5")];

    [TestCase("[]", "$", "must be an object")]
    [TestCase("null", "$", "must be an object")]
    [TestCase("{ \"externalRef\"", "$", "is not JSON")]
    [TestCase("{ }", "subject", "is required")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { }, "createdAt": "2026-02-24T08:00:00Z" }""", "requester.email", "is required")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { "email": "none" }, "createdAt": "2026-02-24T08:00:00Z" }""", "requester.email", "must be")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { "email": "a@example.org" }, "createdAt": "yesterday" }""", "createdAt", "must be an RFC 3339 instant")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { "email": "a@example.org" }, "createdAt": "2026-03-02T08:00:01Z" }""", "createdAt", "must not be in the future")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { "email": "a@example.org" }, "createdAt": "2026-02-24T08:00:00Z", "colour": "red" }""", "colour", "is not a member")]
    [TestCase("""{ "externalRef": "1", "subject": "a\u0000b", "requester": { "email": "a@example.org" }, "createdAt": "2026-02-24T08:00:00Z" }""", "subject", "U+0000")]
    [TestCase("""{ "externalRef": "1", "subject": "x", "requester": { "email": "a@example.org" }, "createdAt": "2026-02-24T08:00:00Z", "priority": "huge" }""", "priority", "must be one of")]
    public async Task A_line_that_is_no_ticket(string line, string member, string rule) => await Expect(line, member, rule);

    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "message", "author": "agent" }""", "history[0].body", "is required")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "message", "body": "x" }""", "history[0].author", "is required")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "message", "author": "agent", "body": "x", "to": "open" }""", "history[0].to", "is for the type status alone")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "status" }""", "history[0].to", "is required")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "change", "changes": { "queue": " " } }""", "history[0].changes.queue", "must be 1 to 200")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "change", "changes": { "tags": [null] } }""", "history[0].changes.tags[0]", "must not be null")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "change", "changes": { "priority": null } }""", "history[0].changes.priority", "must not be null")]
    [TestCase("""{ "at": "2026-02-22T08:00:00Z", "type": "status", "to": "open" }""", "history[0].at", "must not be before createdAt")]
    [TestCase("""{ "at": "2026-03-03T08:00:00Z", "type": "status", "to": "open" }""", "history[0].at", "must not be in the future")]
    [TestCase("""{ "at": "2026-02-25T08:00:00Z", "type": "status", "to": "open" }, { "at": "2026-02-24T08:00:00Z", "type": "status", "to": "open" }""", "history[1].at", "must not be before what stands before it")]
    [TestCase("""{ "at": "2026-02-24T08:00:00Z", "type": "status", "to": "closed" }, { "at": "2026-02-25T08:00:00Z", "type": "status", "to": "open" }""", "history[1]", "A closed ticket stays closed")]
    public async Task A_history_that_cannot_have_been(string entries, string member, string rule) => await Expect(Line("1", $"[{entries}]"), member, rule);

    private async Task Expect(string line, string member, string rule)
    {
        var job = await Import(Line("good"), line, Line("other"));
        Assert.That(Counts(job), Is.EqualTo("done 2 0 1"), job.ToJsonString());
        Assert.That(Errors(job), Has.Some.StartsWith($"2 {member}: ").And.Some.Contains(rule));
    }

    [Test]
    public async Task A_policy_that_is_not_there_and_fields_that_are_not_defined()
    {
        await Desk.Admin.Post("/v1/custom-fields", """{ "key": "floor", "label": "Floor", "type": "number" }""").Json(HttpStatusCode.Created);
        var job = await Import(Line("1", more: """ "policyId": "0195564e-1200-7a01-8f00-0a1b2c3d4e5f" """), Line("2", more: """ "customFields": { "floor": "x" } """), Line("3", more: """ "customFields": { "floor": 3 } """));
        Assert.That(Counts(job), Is.EqualTo("done 1 0 2"));
        Assert.That(Errors(job), Has.Some.EqualTo("1 policyId: must be the id of a policy in force").And.Some.StartsWith("2 customFields.floor: "));
    }

    [Test]
    public async Task A_calendar_that_has_run_dry_is_an_error_of_the_line()
    {
        await Policy("""{ "first_response": { "target": "P300D" } }""");
        await Database.Execute("""update calendar_versions set definition = jsonb_set(definition::jsonb, '{week}', '{}')""");
        var job = await Import(Line("1", $"[{Said("2026-02-23T08:00:00Z")}]"));
        Assert.That(Errors(job).Single(), Does.StartWith("1 $: Nothing can be promised by this policy's calendar"));
    }

    [Test]
    public async Task Of_many_errors_the_first_are_listed_and_all_are_counted()
    {
        var job = await Import([.. Enumerable.Range(1, 12).Select(_ => "x")]);
        Assert.That(Counts(job), Is.EqualTo("done 0 0 12"));
        Assert.That(Errors(job), Has.Count.EqualTo(5));
        Assert.That((long)job["result"]!["errorsLeftOut"]!, Is.EqualTo(7));
    }

    [Test]
    public async Task A_file_or_a_line_that_is_too_large_is_refused_whole()
    {
        var line = await Send(Line("1"), Line("2", more: $"\"reason\": \"{new string('x', 10_000)}\"")).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.That((string?)line["detail"], Does.StartWith("Line 2 has more than 10000 bytes"));
        var file = await Send([.. Enumerable.Range(1, 30).Select(number => Line($"{number}", more: $"\"reason\": \"{new string('x', 9_000)}\""))]).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.That((string?)file["detail"], Does.Contain("Imports:MaxBytes"));
        var bomb = await Send(Desk.Admin, Zipped(new byte[50_000_000]), type: "application/gzip").Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.That((string?)bomb["detail"], Does.StartWith("Line 1 has more than"));
        var lines = Zipped(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new string(' ', 99) + "\n", 100_000))));
        await Send(Desk.Admin, lines, encoding: "gzip").Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.That(await Database.Ask<long>("select (select count(*) from import_uploads) + (select count(*) from import_chunks) + (select count(*) from long_work)"), Is.Zero);
    }

    [Test]
    public async Task A_gzip_that_breaks_off_anywhere_is_refused_and_nothing_of_it_is_kept()
    {
        var whole = Zipped(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(1, 40).Select(number => Line($"{number}")))));
        int[] lengths = [0, 1, 9, 10, 11, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 4, whole.Length - 1];
        foreach (var length in lengths)
        {
            await Send(Desk.Admin, whole[..length], type: "application/gzip").Problem(HttpStatusCode.BadRequest, "malformed");
            await Send(Desk.Admin, whole[..length], encoding: "gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        }

        byte[] spoiled = [.. whole[..^8], (byte)~whole[^8], .. whole[^7..]];
        await Send(Desk.Admin, spoiled, encoding: "gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        // Of several members, as some tools write them, the last one.
        await Send(Desk.Admin, [.. whole, .. whole[..^3]], encoding: "gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        // A second one whose header is damaged, and what is none.
        await Send(Desk.Admin, [.. whole, (byte)~whole[0], .. whole[1..]], encoding: "gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        await Send(Desk.Admin, [.. whole, .. new byte[512]], type: "application/gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        Assert.That(await Database.Ask<long>("select (select count(*) from import_uploads) + (select count(*) from import_chunks) + (select count(*) from long_work)"), Is.Zero);
        Assert.That(Counts(await Done(Send(Desk.Admin, [.. whole, .. Zipped("\n"u8.ToArray())], encoding: "gzip"))), Is.EqualTo("done 40 0 0"));
    }

    [Test]
    public async Task Another_kind_of_body_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Line("1"));
        await Send(Desk.Admin, bytes, type: "text/csv").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await Send(Desk.Admin, bytes, encoding: "br").Problem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await Send(Desk.Admin, bytes, encoding: "gzip").Problem(HttpStatusCode.BadRequest, "malformed");
        await Send(Desk.Admin, bytes, "?dry=true").Problem(HttpStatusCode.BadRequest, "validation");
    }
}
