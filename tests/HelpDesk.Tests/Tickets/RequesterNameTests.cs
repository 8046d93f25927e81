using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

/// <summary>A name stands in the heads of mails: it is one line.</summary>
internal sealed class RequesterNameTests : DeskFixture
{
    private const string Rule = "must be one line, without control characters";

    [TestCase("a\\r\\nBcc: x@y.z")]
    [TestCase("a\\tb")]
    [TestCase("a\\u0085b")]
    public async Task Control_characters_are_refused(string name)
    {
        Assert.That(await PostTicket($$"""{ "subject": "s", "requester": { "email": "ada@example.org", "name": "{{name}}" } }""").Refuses("requester.name"), Is.EqualTo(Rule));
        Assert.That(await Desk.Admin.Post("/v1/customers", $$"""{ "email": "ada@example.org", "name": "{{name}}" }""").Refuses("name"), Is.EqualTo(Rule));
        var customer = await Customer("""{ "email": "ada@example.org", "name": "Ada" }""");
        Assert.That(await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", $$"""{ "name": "{{name}}" }""").Refuses("name"), Is.EqualTo(Rule));
    }

    [Test]
    public async Task A_name_that_came_otherwise_does_not_stand_in_the_way()
    {
        var customer = await Customer("""{ "email": "ada@example.org", "name": "Ada" }""");
        await Database.Execute("update customers set name = E'Ada\tL.'");
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/customers/{customer["id"]}", """{ "tier": "gold" }""").Json();
    }

    [Test]
    public async Task A_key_that_stands_twice_is_told_of_in_the_desk_s_words() =>
        Assert.That(await PostTicket($$"""{ "subject": "s", "requester": {{Ada}}, "customFields": { "a": 1, "a": 2 } }""").Refuses("customFields.a"), Is.EqualTo("stands twice"));
}
