using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>Null in a merge patch takes a member away; a name that is none is a typo nonetheless.</summary>
internal sealed class PatchNameTests : DeskFixture
{
    private const string Unknown = "is not a member that is known here";

    private Task<HttpResponseMessage> PatchAt(string address, string json) => Desk.Admin.Send(HttpMethod.Patch, address, json, "application/merge-patch+json");

    [TestCase("""{ "asignee": null }""", "asignee")]
    [TestCase("""{ "subjekt": null, "subject": "q" }""", "subjekt")]
    [TestCase("""{ "id": null }""", "id")]
    [TestCase("""{ "policyId": null }""", "policyId")]
    [TestCase("""{ "channel": null }""", "channel")]
    [TestCase("""{ "Assignee": null }""", "Assignee")]
    public async Task A_ticket_has_no_such_member_to_take_away(string patch, string member)
    {
        var ticket = await Open();
        Assert.That(await Patch(ticket, patch).Refuses(member), Is.EqualTo(Unknown));
        Assert.That(await Desk.Admin.Post("/v1/tickets/bulk", $$"""{ "ids": [{{ticket["id"]}}], "patch": {{patch}} }""").Refuses($"patch.{member}"), Is.EqualTo(Unknown));
        Assert.That((await Get(ticket)).Headers.ETag?.Tag, Is.EqualTo("\"1\""));
    }

    [TestCase("""{ "nmae": null }""", "nmae", Unknown)]
    [TestCase("""{ "when": { "prio": null } }""", "when.prio", Unknown)]
    [TestCase("""{ "terms": { "first_respons": null } }""", "terms.first_respons", "must be one of first_response, next_response, update, resolution")]
    [TestCase("""{ "terms": { "first_response": { "leed": null } } }""", "terms.first_response.leed", Unknown)]
    [TestCase("""{ "terms": { "first_response": { "byPriority": { "hihg": null } } } }""", "terms.first_response.byPriority.hihg", "must be one of low, normal, high, urgent")]
    [TestCase("""{ "terms": { "first_response": { "byPriority": { "high": { "taget": null } } } } }""", "terms.first_response.byPriority.high.taget", Unknown)]
    public async Task A_policy_has_no_such_member_to_take_away(string patch, string member, string rule)
    {
        var policy = await Policy();
        Assert.That(await PatchAt($"/v1/policies/{policy}", patch).Refuses(member), Is.EqualTo(rule));
    }

    [TestCase("""{ "zone": null }""", "zone", Unknown)]
    [TestCase("""{ "week": { "xyz": null } }""", "week.xyz", "must be one of mon, tue, wed, thu, fri, sat, sun")]
    [TestCase("""{ "exceptions": { "zz": null } }""", "exceptions.zz", "must be a date, yyyy-MM-dd")]
    [TestCase("""{ "exceptions": { "2026-02-30": null } }""", "exceptions.2026-02-30", "must be a date, yyyy-MM-dd")]
    public async Task A_calendar_has_no_such_member_to_take_away(string patch, string member, string rule) =>
        Assert.That(await PatchAt($"/v1/calendars/{Calendar}", patch).Refuses(member), Is.EqualTo(rule));

    [Test]
    public async Task An_advisory_has_no_text_in_what_is_no_language()
    {
        var advisory = await Desk.Admin.Post("/v1/advisories", """{ "texts": { "en": { "title": "t", "body": "b" } } }""").Json(HttpStatusCode.Created);
        await PatchAt($"/v1/advisories/{advisory["id"]}", """{ "texts": { "not a language": null } }""").Refuses("texts.not a language");
        await PatchAt($"/v1/advisories/{advisory["id"]}", """{ "texts": { "en": { "titel": null } } }""").Refuses("texts.en.titel");
    }

    [Test]
    public async Task What_may_be_there_may_be_taken_away_whether_it_is_there_or_not()
    {
        var ticket = await Open(""" "customFields": { "floor": 4, "room": { "x": null } } """);
        var changed = await Patch(ticket, """{ "assignee": null, "customFields": { "floor": null, "never": null, "room": { "y": null, "z": 1 } } }""").Json();
        Assert.That(JsonNode.DeepEquals(changed["customFields"], JsonNode.Parse("""{ "room": { "x": null, "z": 1 } }""")), $"{changed["customFields"]}");
        await PatchAt($"/v1/calendars/{Calendar}", """{ "week": { "sun": null, "mon": null }, "exceptions": { "2026-12-24": null }, "holidays": null }""").Json();
        await PatchAt($"/v1/policies/{await Policy()}", """{ "terms": { "update": null, "first_response": { "byPriority": { "high": null }, "lead": null } }, "when": { "tag": null }, "remedy": null }""").Json();
    }
}
