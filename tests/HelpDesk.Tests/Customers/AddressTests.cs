using System.Net;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Customers;

internal sealed class AddressTests : DeskFixture
{
    private static string Emails(JsonNode customer) => $"{customer["email"]}: {string.Join(' ', customer["emails"]!.AsArray())}";

    private Task<JsonNode> Change(JsonNode customer, string json) => Desk.Admin.Patch($"/v1/customers/{customer["id"]}", json).Json();

    [Test]
    public async Task A_customer_has_several_addresses_of_which_the_first_is_written_to()
    {
        Assert.That(Emails(await Customer("""{ "emails": [" A@example.com", "b@example.com", "a@EXAMPLE.com"] }""")), Is.EqualTo("a@example.com: a@example.com b@example.com"));
        Assert.That(Emails(await Customer("""{ "email": "c@example.com", "emails": ["C@example.com", "d@example.com"] }""")), Is.EqualTo("c@example.com: c@example.com d@example.com"));
        Assert.That(Emails(await Customer("""{ "email": "e@example.com" }""")), Is.EqualTo("e@example.com: e@example.com"));
        Assert.That(Emails(await Customer("{}")), Is.EqualTo(": "));
    }

    [TestCase("""{ "email": "x@example.com" }""", "x@example.com: x@example.com b@example.com c@example.com")]
    [TestCase("""{ "email": "B@example.com" }""", "b@example.com: b@example.com c@example.com")]
    [TestCase("""{ "email": null }""", "b@example.com: b@example.com c@example.com")]
    [TestCase("""{ "emails": ["c@example.com", "a@example.com", "y@example.com"] }""", "c@example.com: c@example.com a@example.com y@example.com")]
    [TestCase("""{ "emails": null }""", ": ")]
    [TestCase("""{ "emails": [] }""", ": ")]
    [TestCase("""{ "email": null, "emails": ["c@example.com"] }""", "c@example.com: c@example.com")]
    [TestCase("""{ "email": "c@example.com", "emails": ["c@example.com"] }""", "c@example.com: c@example.com")]
    [TestCase("""{ "name": "Ada" }""", "a@example.com: a@example.com b@example.com c@example.com")]
    public async Task Changing_one_of_email_and_emails_changes_the_other_with_it(string patch, string expected)
    {
        var customer = await Customer("""{ "emails": ["a@example.com", "b@example.com", "c@example.com"] }""");
        Assert.That(Emails(await Change(customer, patch)), Is.EqualTo(expected));
        Assert.That(Emails(await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}").Json()), Is.EqualTo(expected));
    }

    [TestCase("""{ "emails": ["a@example.com", "b"] }""", "emails[1]")]
    [TestCase("""{ "emails": [null] }""", "emails[0]")]
    [TestCase("""{ "emails": "a@example.com" }""", "emails")]
    [TestCase("""{ "email": "a@example.com", "emails": ["b@example.com", "a@example.com"] }""", "email")]
    [TestCase("""{ "effectiveTier": "gold" }""", "effectiveTier")]
    [TestCase("""{ "organisationId": "example" }""", "organisationId")]
    public async Task What_breaks_a_rule_is_refused_by_its_name(string json, string member)
    {
        await Desk.Admin.Post("/v1/customers", json).Refuses(member);
        await Desk.Admin.Patch($"/v1/customers/{(await Customer("{}"))["id"]}", json).Refuses(member);
    }

    [Test]
    public async Task More_than_fifty_are_refused()
    {
        var many = string.Join(", ", Enumerable.Range(0, 51).Select(number => $"\"a{number}@example.com\""));
        await Desk.Admin.Post("/v1/customers", $$"""{ "emails": [{{many}}] }""").Refuses("emails");
    }

    [Test]
    public async Task No_two_customers_share_any_address()
    {
        var customer = await Customer("""{ "emails": ["a@example.com", "b@example.com"] }""");
        await Desk.Admin.Post("/v1/customers", """{ "email": "B@example.com" }""").Problem(HttpStatusCode.Conflict, "customer-exists");
        await Desk.Admin.Post("/v1/customers", """{ "emails": ["x@example.com", "a@example.com"] }""").Problem(HttpStatusCode.Conflict, "customer-exists");
        await Change(customer, """{ "emails": ["a@example.com"] }""");
        Assert.That((string?)(await Customer("""{ "email": "b@example.com" }"""))["email"], Is.EqualTo("b@example.com"), "an address that was given up is free");
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "email": "b@example.com" }""").Problem(HttpStatusCode.Conflict, "customer-exists");
    }

    [Test]
    public async Task Of_customers_made_at_once_with_the_same_addresses_in_any_order_one_is_made()
    {
        string[] bodies = ["""{ "emails": ["a@example.com", "b@example.com"] }""", """{ "emails": ["b@example.com", "a@example.com"] }""", """{ "email": "b@example.com" }"""];
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Desk.Admin.Post("/v1/customers", bodies[number % 3])));
        Assert.That(answers.Select(answer => answer.StatusCode).Order(), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Conflict, 11).Prepend(HttpStatusCode.Created)));
    }

    [Test]
    public async Task Two_who_take_each_other_s_address_at_once_are_refused_and_not_hung()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (await Customer($$"""{ "email": "a{{round}}@example.com" }"""), await Customer($$"""{ "email": "b{{round}}@example.com" }"""));
            var answers = await Task.WhenAll(
                Desk.Admin.Patch($"/v1/customers/{one["id"]}", $$"""{ "email": "b{{round}}@example.com" }"""),
                Desk.Admin.Patch($"/v1/customers/{other["id"]}", $$"""{ "email": "a{{round}}@example.com" }"""));
            Assert.That(answers.Select(answer => answer.StatusCode), Is.All.EqualTo(HttpStatusCode.Conflict).Or.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task A_ticket_posted_with_any_of_her_addresses_is_hers_and_she_is_answered_at_the_first()
    {
        await Policy();
        var customer = await Customer("""{ "emails": ["a@example.com", "b@example.com"] }""");
        var ticket = await Open(requester: """{ "email": "B@example.com", "name": "Ada" }""");
        Assert.That((string?)ticket["requesterId"], Is.EqualTo((string?)customer["id"]));
        Assert.That((string?)(await Deliveries(ticket))[0]["recipient"], Is.EqualTo("a@example.com"));
        Assert.That(Emails(await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}").Json()), Is.EqualTo("a@example.com: a@example.com b@example.com"));
        Assert.That((string?)(await Desk.Admin.GetAsync($"/v1/customers/{customer["id"]}").Json())["name"], Is.EqualTo("Ada"), "what was not known is taken from the request");
        Assert.That(
            await Database.Ask<string>("select data::text from events where type = 'customer.updated'"),
            Is.EqualTo($$$"""{"changes": {"name": {"to": "Ada", "from": null}}, "customerId": "{{{customer["id"]}}}"}"""));
        Assert.That(await Desk.Admin.Members("/v1/tickets?requester=b@example.com", "id"), Is.EqualTo(new[] { ticket["id"]!.ToString() }));
        Assert.That(await Desk.Admin.Members("/v1/customers?email=b@EXAMPLE.com", "id"), Is.EqualTo(new[] { (string?)customer["id"] }));
    }

    [TestCase("ai", "Aino,AINA")]
    [TestCase("AIN", "Aino,AINA")]
    [TestCase("%", "")]
    [TestCase("a_", "")]
    [TestCase("çağ", "Çağrı")]
    [TestCase("ino", "")]
    public async Task Customers_are_found_by_how_their_names_begin(string q, string names)
    {
        foreach (var name in new[] { "Aino", "AINA", "Çağrı", "Bo" }) await Customer($$"""{ "name": "{{name}}" }""");
        Assert.That(await Desk.Admin.Members($"/v1/customers?q={Uri.EscapeDataString(q)}", "name"), Is.EquivalentTo(names.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }
}
