using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Tickets;

internal sealed class PolicyOfTicketTests : DeskFixture
{
    private const string AdaInFinnish = """{ "email": "ada@example.org", "locale": "fi-FI" }""";

    private async Task<string?> ChosenFor(string more, string requester = Ada) => (string?)(await Open(more, requester))["policyId"];

    [TestCase("\"priority\": [\"high\",\"urgent\"]", "\"priority\": \"urgent\"", "\"priority\": \"normal\"")]
    [TestCase("\"queue\": [\"billing\",\"sales\"]", "\"queue\": \"sales\"", "\"queue\": \"other\"")]
    [TestCase("\"queue\": [\"billing\"]", "\"queue\": \"billing\"", "")]
    [TestCase("\"channel\": [\"web\"]", "\"channel\": \"web\"", "\"channel\": \"phone\"")]
    [TestCase("\"category\": [\"hardware\"]", "\"category\": \"hardware\"", "\"category\": \"software\"")]
    [TestCase("\"tag\": [\"fire\"]", "\"tags\": [\"printer\",\"fire\"]", "\"tags\": [\"printer\"]")]
    [TestCase("\"queue\": [\"billing\"], \"priority\": [\"high\"]", "\"queue\": \"billing\", \"priority\": \"high\"", "\"queue\": \"billing\"")]
    public async Task A_policy_covers_what_it_says_and_nothing_else(string when, string covered, string other)
    {
        var policy = await Policy(more: $$""" "when": { {{when}} } """);
        Assert.That((await ChosenFor(covered), await ChosenFor(other)), Is.EqualTo((policy, (string?)null)));
    }

    [Test]
    public async Task A_policy_may_look_at_the_customers_tier_and_locale()
    {
        var gold = await Policy(more: """ "when": { "tier": ["gold"] } """);
        var finnish = await Policy(more: """ "when": { "locale": ["fi"] } """);
        var customer = await Customer("""{ "email": "g@example.org", "tier": "gold" }""");
        Assert.That((string?)(await OpenFor(customer))["policyId"], Is.EqualTo(gold));
        Assert.That((await ChosenFor("", AdaInFinnish), await ChosenFor("", """{ "email": "t@example.org", "locale": "tr" }""")), Is.EqualTo((finnish, (string?)null)));
    }

    [Test]
    public async Task The_first_policy_in_order_that_matches_wins()
    {
        var (all, high) = (await Policy(), await Policy(more: """ "when": { "priority": ["high"] } """));
        Assert.That(await ChosenFor("\"priority\": \"high\""), Is.EqualTo(all));
        await Desk.Admin.Send(HttpMethod.Put, "/v1/policies/order", $$"""{ "ids": ["{{high}}", "{{all}}"] }""");
        Assert.That((await ChosenFor("\"priority\": \"high\""), await ChosenFor("")), Is.EqualTo((high, all)));
        await Desk.Admin.DeleteAsync($"/v1/policies/{high}");
        Assert.That(await ChosenFor("\"priority\": \"high\""), Is.EqualTo(all));
    }

    [Test]
    public async Task A_new_version_promises_new_tickets_and_leaves_open_ones_as_they_are()
    {
        var policy = await Policy();
        var old = await Open();
        await Desk.Admin.Send(HttpMethod.Patch, $"/v1/policies/{policy}", """{ "terms": { "first_response": { "target": "PT1H" } } }""", "application/merge-patch+json").Json();
        var young = await Open();
        Assert.That(((int?)(await Read(old))["policyVersion"], (await Read(old)).Last("first_response")["dueAt"].Hour()), Is.EqualTo((1, "02 12:00")));
        Assert.That(((int?)young["policyVersion"], young.Last("first_response")["dueAt"].Hour()), Is.EqualTo((2, "02 09:00")));
    }

    [Test]
    public async Task The_cushion_is_promised_on_top_of_the_target()
    {
        await Policy("""{ "resolution": { "target": "PT6H", "cushion": "PT4H" } }""");
        JsonNode solution = (await Open()).Last("resolution");
        Assert.That((solution["dueAt"].Hour(), solution["promisedAt"].Hour()), Is.EqualTo(("02 15:00", "03 11:00")), "working hours, nine to five");
    }

    [Test]
    public async Task A_term_may_differ_by_priority()
    {
        await Policy("""{ "first_response": { "target": "PT4H", "hours": "around_the_clock", "byPriority": { "urgent": { "target": "PT30M" } } } }""");
        Assert.That((await Open("\"priority\": \"urgent\"")).Last("first_response")["dueAt"].Hour(), Is.EqualTo("02 08:30"));
    }
}
