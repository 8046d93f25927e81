using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Document;

/// <summary>What the document says of requests and answers is what the desk does.</summary>
internal sealed class TruthTests : DeskFixture
{
    private JsonNode document = null!;

    [OneTimeSetUp]
    public async Task Read_the_document() => document = await Desk.Anonymous.GetAsync("/openapi/v1.json").Json();

    private JsonNode Schema(string name) => document["components"]!["schemas"]![name]!;

    private JsonNode Posted(string path, string method = "post") => document["paths"]![path]![method]!;

    private static IReadOnlyList<string> Types(JsonNode schema) => Surface.Types(schema.AsObject());

    private string? Taken(string path, string method = "post") => ((string?)Posted(path, method)["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"])?.Split('/')[^1];

    [Test]
    public async Task A_list_of_deliveries_is_what_the_document_says()
    {
        await Policy();
        await Open();
        var answer = await Desk.Admin.GetAsync("/v1/deliveries").Json();
        Assert.That(answer["items"]!.AsArray(), Is.Not.Empty);
        Assert.That(new SchemaCheck(document).Faults(answer, Schema("DeliveryAnswerPage")), Is.Empty);
        var one = await Desk.Admin.GetAsync($"/v1/deliveries/{answer["items"]![0]!["id"]}").Json();
        Assert.That(one["text"], Is.Not.Null);
        Assert.That(new SchemaCheck(document).Faults(one, Schema("DeliveryAnswer")), Is.Empty);
    }

    [Test]
    public async Task A_calendar_and_a_policy_that_are_stored_need_what_others_do_not()
    {
        var policy = Schema(Taken("/v1/policies")!);
        var calendar = Schema(Taken("/v1/calendars")!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(calendar["required"]!.AsArray().Select(name => (string?)name), Is.EquivalentTo(new[] { "timeZone", "name" }));
            Assert.That(policy["required"]!.AsArray().Select(name => (string?)name), Is.EquivalentTo(new[] { "terms", "name", "calendarId" }));
            Assert.That(new[] { calendar["properties"]!["name"]!, policy["properties"]!["name"]!, policy["properties"]!["calendarId"]! }.SelectMany(Types), Is.All.EqualTo("string"));
            Assert.That((bool?)calendar["additionalProperties"], Is.False);
            Assert.That(Schema("CalendarDefinition")["required"]!.AsArray().Select(name => (string?)name), Is.EquivalentTo(new[] { "timeZone" }), "as a question brings it");
            Assert.That(Schema(Taken("/v1/calendars/{id}", "patch")!)["required"], Is.Null);
            Assert.That(Schema(Taken("/v1/policies/{id}", "patch")!)["required"], Is.Null);
            Assert.That(Types(Schema(Taken("/v1/policies/{id}", "patch")!)["properties"]!["remedy"]!), Does.Contain("null"));
        }

        await Desk.Admin.Post("/v1/calendars", """{ "timeZone": "UTC", "week": { "mon": [["09:00","17:00"]] } }""").Refuses("name");
        await Desk.Admin.Post("/v1/policies", """{ "name": "p", "terms": {} }""").Refuses("calendarId");
    }

    [Test]
    public async Task Words_that_may_be_null_say_so()
    {
        var ticket = await Open();
        await Said(ticket, "agent", """ "status": null """);
        await Policy(more: """ "quietHours": null """);
        using (Assert.EnterMultipleScope())
        {
            foreach (var member in new[] { Schema("PostMessageRequest")["properties"]!["status"]!, Schema("NewPolicy")["properties"]!["quietHours"]!, Schema("TermDefinition")["properties"]!["hours"]! })
            {
                Assert.That(Types(member), Is.EquivalentTo(new[] { "string", "null" }));
                Assert.That(member["enum"]!.AsArray(), Has.Some.Null, "an enumeration without null has no null, whatever the type says");
            }
        }
    }

    [Test]
    public async Task Every_answer_to_a_POST_that_has_an_ETag_is_said_to_have_it()
    {
        var surface = new Surface(document);
        var posts = surface.All().Where(operation => operation.Method == HttpMethod.Post && operation.HasJson && !Estate.IsSandbox(operation)).ToList();
        var estate = new Estate(Desk.Admin, surface);
        await estate.Settle(posts, rounds: 1);
        var (seen, random) = (new List<string>(), new Random(11));
        using (Assert.EnterMultipleScope())
        {
            foreach (var post in posts)
            {
                var answer = await Desk.Admin.Post(estate.Address(post, random), estate.Body(post, random)!.ToJsonString());
                if (!answer.IsSuccessStatusCode) continue;
                var said = Posted(post.Path)["responses"]![$"{(int)answer.StatusCode}"]?["headers"]?["ETag"] is not null;
                Assert.That(said, Is.EqualTo(answer.Headers.ETag is not null), $"{post}");
                if (said) seen.Add(post.Path);
            }
        }

        Assert.That(seen, Is.SupersetOf(new[] { "/v1/tickets", "/v1/calendars", "/v1/policies", "/v1/customers", "/v1/organisations", "/v1/queues", "/v1/api-keys", "/v1/webhooks", "/v1/advisories" }));
    }

    [Test]
    public void A_part_of_a_file_that_is_not_there_is_told_of() =>
        Assert.That(Posted("/v1/tickets/{id}/attachments/{attachmentId}", "get")["responses"]!.AsObject().Select(response => response.Key), Does.Contain("416"));
}
