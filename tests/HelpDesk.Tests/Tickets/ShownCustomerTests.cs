using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>A ticket shows its customer, and a customer her organisation's tier: an entity tag names that too.</summary>
internal sealed class ShownCustomerTests : DeskFixture
{
    [TestCase("name", "After")]
    [TestCase("email", "after@example.org")]
    [TestCase("locale", "fi")]
    [TestCase("timeZone", "Asia/Tokyo")]
    public async Task A_ticket_whose_customer_changed_is_sent_anew(string member, string value)
    {
        var customer = await Customer("""{ "email": "ada@example.org" }""");
        var ticket = await OpenFor(customer);
        var tag = (await Get(ticket)).Headers.ETag!.ToString();
        await Asked($"/v1/tickets/{ticket["id"]}", tag, HttpStatusCode.NotModified);
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", $$"""{ "{{member}}": "{{value}}" }""").Json();
        var answer = await Asked($"/v1/tickets/{ticket["id"]}", tag, HttpStatusCode.OK);
        Assert.That((string?)(await answer.Json())["requester"]![member], Is.EqualTo(value));
        // What she is called is no change of the ticket's own: what was read of that still holds.
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", """{ "tags": ["x"] }""", "application/merge-patch+json", ("If-Match", tag)).Json();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/tickets/{ticket["id"]}", """{ "tags": ["y"] }""", "application/merge-patch+json", ("If-Match", tag)).Problem(HttpStatusCode.PreconditionFailed, "stale");
    }

    [Test]
    public async Task A_customer_whose_organisations_tier_changed_is_sent_anew()
    {
        var organisation = $"/v1/organisations/{(await Desk.Admin.Post("/v1/organisations", """{ "name": "Acme", "domains": ["example.org"] }""").Json(HttpStatusCode.Created))["id"]}";
        var customer = $"/v1/customers/{(await Customer("""{ "email": "ada@example.org" }"""))["id"]}";
        var tag = (await Desk.Admin.GetAsync(customer)).Headers.ETag!.ToString();
        await Desk.Admin.Patch(organisation, """{ "tier": "gold" }""").Json();
        var answer = await Asked(customer, tag, HttpStatusCode.OK);
        Assert.That((string?)(await answer.Json())["effectiveTier"], Is.EqualTo("gold"));
        await Asked(customer, answer.Headers.ETag!.ToString(), HttpStatusCode.NotModified);
    }

    private async Task<HttpResponseMessage> Asked(string path, string tag, HttpStatusCode expected)
    {
        var answer = await Desk.Admin.Send(HttpMethod.Get, path, headers: ("If-None-Match", tag));
        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        return answer;
    }
}
