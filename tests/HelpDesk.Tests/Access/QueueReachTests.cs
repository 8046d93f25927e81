using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Access;

/// <summary>Who is held to queues does not get at the tickets of others by what is shared: customers, organisations, and what is set for the desk as a whole.</summary>
internal sealed class QueueReachTests : DeskFixture
{
    private HttpClient held = null!;

    [SetUp]
    public async Task A_key_of_sales() => held = Desk.With((string)(await Desk.Admin.Post(
        "/v1/api-keys",
        """{ "name": "sales", "scopes": ["tickets:read", "tickets:write", "customers:read", "customers:write", "policies:read", "policies:write"], "queues": ["sales"] }""").Json(HttpStatusCode.Created))["key"]!);

    [TearDown]
    public void Gone() => held.Dispose();

    [TestCase("""{ "email": "mallory@evil.example" }""")]
    [TestCase("""{ "emails": ["mallory@evil.example", "ada@example.org"] }""")]
    [TestCase("""{ "emails": ["ada@example.org", "mallory@evil.example"] }""")]
    [TestCase("""{ "preferredChannel": "webhook" }""")]
    [TestCase("""{ "webhookUrl": "https://evil.example/hook" }""")]
    [TestCase("""{ "optOut": true }""")]
    [TestCase("""{ "organisationId": "ORGANISATION" }""")]
    public async Task Where_a_customer_is_written_to_is_changed_by_those_who_see_all_her_tickets(string patch)
    {
        var organisation = (await Desk.Admin.Post("/v1/organisations", """{ "name": "Acme" }""").Json(HttpStatusCode.Created))["id"];
        var customer = await Customer("""{ "email": "ada@example.org" }""");
        var path = $"/v1/customers/{customer["id"]}";
        patch = patch.Replace("ORGANISATION", (string)organisation!, StringComparison.Ordinal);
        var elsewhere = await Open("\"queue\": \"billing\"");
        await held.Send(HttpMethod.Patch, path, patch).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Send(HttpMethod.Patch, path, """{ "name": "Ada", "locale": "fi" }""").Json();
        await Patch(elsewhere, """{ "queue": "sales" }""").Json();
        await held.Send(HttpMethod.Patch, path, patch).Json();
    }

    [TestCase("\"queue\": \"billing\"")]
    [TestCase("\"tags\": []")]
    public async Task A_ticket_that_she_watches_is_one_of_hers(string where)
    {
        var customer = await Customer("""{ "email": "wanda@example.org" }""");
        await Open($"{where}, \"watchers\": [\"wanda@example.org\"]");
        await held.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", """{ "email": "mallory@evil.example" }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}").Json())["email"], Is.EqualTo("wanda@example.org"));
    }

    [Test]
    public async Task Where_an_organisation_is_written_to_and_who_joins_it_is_changed_by_those_who_see_all()
    {
        var organisation = await held.Post("/v1/organisations", """{ "name": "Acme" }""").Json(HttpStatusCode.Created);
        await held.Post("/v1/organisations", """{ "name": "Evil", "domains": ["example.org"] }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        foreach (var patch in new[] { """{ "webhookUrl": "https://evil.example/hook" }""", """{ "domains": ["example.org"] }""" })
        {
            await held.Send(HttpMethod.Patch, $"/v1/organisations/{organisation["id"]}", patch).Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        }

        await held.Send(HttpMethod.Patch, $"/v1/organisations/{organisation["id"]}", """{ "note": "Asks often." }""").Json();
    }

    [Test]
    public async Task What_is_set_for_the_whole_desk_is_set_by_those_who_see_all()
    {
        await held.Post("/v1/policies", """{ "name": "Theirs", "when": { "queue": ["billing"] }, "terms": {} }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Post("/v1/templates", """{ "kind": "reply", "locale": "en", "subject": "s", "text": "t" }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Send(HttpMethod.Put, "/v1/policies/order", """{ "ids": [] }""").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.Send(HttpMethod.Delete, "/v1/calendars/0195564e-1200-7a01-8f00-0a1b2c3d4e5f", "").Problem(HttpStatusCode.Forbidden, "queue-forbidden");
        await held.GetAsync("/v1/policies").Json();
    }
}
